import { isStop } from '@praxis/safety';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { highest, quantile } from '../report/statistics.ts';

/** What these reports need of an episode. */
export type SupervisedOutcome = Pick<EpisodeOutcome, 'task' | 'seed' | 'success' | 'safety' | 'fault' | 'unsupervised'>;

/** Of episodes in which nothing went wrong. */
export interface SafetyReport {
  /** Episodes that the supervisor stopped all the same. */
  readonly false_stops: number;
  readonly limit_violations: number;
}

interface Percentiles {
  readonly p50: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** Of episodes in which the same thing went wrong. Times are simulated, and count from the fault. */
export interface FaultReport {
  readonly name: string;
  /** Episodes in which it happened; the others were over before. */
  readonly injected: number;
  /** To the standing arm, where the supervisor stopped it. */
  readonly time_to_stop_ms: Percentiles;
  /** To the supervisor's stop: from then on no command moves the arm. */
  readonly hold_ms: Percentiles;
  /** Length of the tool's way (m), where the supervisor stopped it. */
  readonly distance_m: { readonly p50: number | null; readonly max: number | null };
  /** Largest force on the hand after the fault, or of what strikes it (N). */
  readonly peak_force_n: { readonly p50: number | null; readonly max: number | null };
  /** Of the supervisor at the end. */
  readonly final_states: Readonly<Record<string, number>>;
  readonly causes: Readonly<Record<string, number>>;
  /** Borne: the task went on to its end, and the arm was told to stand then. */
  readonly tolerated: number;
  /** Episodes at whose end the arm still moved. */
  readonly moving_at_end: number;
  /** Stops before anything went wrong, and what caused those whose events were kept. */
  readonly false_stops: number;
  readonly false_stop_causes: Readonly<Record<string, number>>;
  /** By what the robot was told, and by its joints. */
  readonly limit_violations: number;
  /** The same strikes with nobody who guards the arm. */
  readonly unsupervised?: {
    readonly peak_force_n: { readonly p50: number | null; readonly max: number | null };
    /** Share by which the peak is lower with the supervisor: of each strike, then their middle and least. */
    readonly reduction: { readonly p50: number | null; readonly min: number | null; readonly mean_peak: number | null };
  };
}

const percentiles = (values: readonly number[]): Percentiles => ({
  p50: quantile(values, 0.5),
  p99: quantile(values, 0.99),
  max: highest(values),
});

const medianAndMax = (values: readonly number[]) => ({ p50: quantile(values, 0.5), max: highest(values) });

function countNames(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const falseStops = (outcomes: readonly SupervisedOutcome[]): number =>
  sum(outcomes.map((each) => each.safety?.falseStops ?? 0));

const falseStopCauses = ({ safety, fault }: SupervisedOutcome): string[] =>
  (safety?.events ?? [])
    .filter(
      ({ time, from, to }) => from === 'running' && isStop(to) && time < (fault?.injectedS ?? Number.POSITIVE_INFINITY),
    )
    .map(({ cause }) => cause);

const violations = (outcomes: readonly SupervisedOutcome[]): number =>
  sum(outcomes.map(({ safety }) => (safety ? safety.limitViolations.commands + safety.limitViolations.joints : 0)));

export const safetyReport = (outcomes: readonly SupervisedOutcome[]): SafetyReport => ({
  false_stops: falseStops(outcomes),
  limit_violations: violations(outcomes),
});

const defined = (values: readonly (number | undefined)[]): number[] => values.filter((value) => value !== undefined);

function comparison(outcomes: readonly SupervisedOutcome[]): FaultReport['unsupervised'] {
  const pairs = outcomes.flatMap(({ fault, unsupervised }) =>
    fault && unsupervised ? [[fault.peakForceN, unsupervised.peakForceN] as const] : [],
  );
  if (pairs.length === 0) return undefined;
  const reductions = pairs.map(([on, off]) => 1 - on / off);
  return {
    peak_force_n: medianAndMax(pairs.map(([, off]) => off)),
    reduction: {
      p50: quantile(reductions, 0.5),
      min: quantile(reductions, 0),
      mean_peak: 1 - sum(pairs.map(([on]) => on)) / sum(pairs.map(([, off]) => off)),
    },
  };
}

export function faultReport(name: string, outcomes: readonly SupervisedOutcome[]): FaultReport {
  const happened = outcomes.filter((outcome) => outcome.fault !== undefined);
  const faults = happened.map((outcome) => outcome.fault!);
  const stopped = faults.filter((fault) => fault.stopMs !== undefined);
  const unsupervised = comparison(happened);
  return {
    name,
    injected: happened.length,
    time_to_stop_ms: percentiles(defined(stopped.map((fault) => fault.stopMs))),
    hold_ms: percentiles(defined(stopped.map((fault) => fault.holdMs))),
    distance_m: medianAndMax(stopped.map((fault) => fault.distanceM)),
    peak_force_n: medianAndMax(faults.map((fault) => fault.peakForceN)),
    final_states: countNames(happened.flatMap(({ safety }) => (safety ? [safety.state] : []))),
    causes: countNames(faults.flatMap(({ cause }) => (cause ? [cause] : []))),
    tolerated: faults.length - stopped.length,
    moving_at_end: faults.filter((fault) => !fault.standing).length,
    false_stops: falseStops(outcomes),
    false_stop_causes: countNames(outcomes.flatMap(falseStopCauses)),
    limit_violations: violations(outcomes),
    ...(unsupervised ? { unsupervised } : {}),
  };
}
