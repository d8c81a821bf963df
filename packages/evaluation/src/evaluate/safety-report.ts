import { isStop } from '@praxis/safety';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { countByName, maximum, quantile } from '../report/statistics.ts';

/** The part of an episode's outcome that the safety and fault reports use. */
export type SupervisedOutcome = Pick<EpisodeOutcome, 'task' | 'seed' | 'success' | 'safety' | 'fault' | 'unsupervised'>;

/** Behaviour of the supervisor in episodes without a fault. */
export interface SafetyReport {
  /** Number of stops: each of them is false, since there is no fault. */
  readonly false_stops: number;
  /** Number of limits that commands or joints passed. */
  readonly limit_violations: number;
}

/** Percentiles of a measure; null without a sample. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** Results of the episodes into which one fault was injected. Times are simulated and count from the fault. */
export interface FaultReport {
  readonly name: string;
  /** Number of episodes with the fault; the others ended before its time. */
  readonly injected: number;
  /** Time until the arm stands (ms), over the episodes that the supervisor stopped. */
  readonly time_to_stop_ms: Percentiles;
  /** Time until the supervisor stops the arm (ms): from then on no command moves it. */
  readonly hold_ms: Percentiles;
  /** Travel of the tool from the fault on (m), over the episodes that the supervisor stopped. */
  readonly distance_m: { readonly p50: number | null; readonly max: number | null };
  /** Largest force on the hand after the fault (N); for an impact, the force between impactor and arm. */
  readonly peak_force_n: { readonly p50: number | null; readonly max: number | null };
  /** Number of episodes by the supervisor's state at the end. */
  readonly final_states: Readonly<Record<string, number>>;
  /** Number of episodes by the cause of the stop. */
  readonly causes: Readonly<Record<string, number>>;
  /** Number of episodes that the fault did not stop: the task ran to its end. */
  readonly tolerated: number;
  /** Number of episodes in which the arm still moved at the end. */
  readonly moving_at_end: number;
  /** Number of stops before the fault. */
  readonly false_stops: number;
  /** Causes of the false stops whose events were recorded. */
  readonly false_stop_causes: Readonly<Record<string, number>>;
  /** Number of limits that commands or joints passed. */
  readonly limit_violations: number;
  /** The same impacts without a supervisor. */
  readonly unsupervised?: {
    readonly peak_force_n: { readonly p50: number | null; readonly max: number | null };
    /** Share by which the supervisor lowers the peak force: median and minimum over the impacts, and of the mean peaks. */
    readonly reduction: { readonly p50: number | null; readonly min: number | null; readonly mean_peak: number | null };
  };
}

const percentiles = (values: readonly number[]): Percentiles => ({
  p50: quantile(values, 0.5),
  p99: quantile(values, 0.99),
  max: maximum(values),
});

const medianAndMax = (values: readonly number[]) => ({ p50: quantile(values, 0.5), max: maximum(values) });

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

/** Computes the report of episodes without a fault. */
export const safetyReport = (outcomes: readonly SupervisedOutcome[]): SafetyReport => ({
  false_stops: falseStops(outcomes),
  limit_violations: violations(outcomes),
});

const defined = (values: readonly (number | undefined)[]): number[] => values.filter((value) => value !== undefined);

function compareUnsupervised(outcomes: readonly SupervisedOutcome[]): FaultReport['unsupervised'] {
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

/** Computes the report of the episodes with one fault. */
export function faultReport(name: string, outcomes: readonly SupervisedOutcome[]): FaultReport {
  const injected = outcomes.filter((outcome) => outcome.fault !== undefined);
  const faults = injected.map((outcome) => outcome.fault!);
  const stopped = faults.filter((fault) => fault.stopMs !== undefined);
  const unsupervised = compareUnsupervised(injected);
  return {
    name,
    injected: injected.length,
    time_to_stop_ms: percentiles(defined(stopped.map((fault) => fault.stopMs))),
    hold_ms: percentiles(defined(stopped.map((fault) => fault.holdMs))),
    distance_m: medianAndMax(stopped.map((fault) => fault.distanceM)),
    peak_force_n: medianAndMax(faults.map((fault) => fault.peakForceN)),
    final_states: countByName(injected.flatMap(({ safety }) => (safety ? [safety.state] : []))),
    causes: countByName(faults.flatMap(({ cause }) => (cause ? [cause] : []))),
    tolerated: faults.length - stopped.length,
    moving_at_end: faults.filter((fault) => !fault.standing).length,
    false_stops: falseStops(outcomes),
    false_stop_causes: countByName(outcomes.flatMap(falseStopCauses)),
    limit_violations: violations(outcomes),
    ...(unsupervised ? { unsupervised } : {}),
  };
}
