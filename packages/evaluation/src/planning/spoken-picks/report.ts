import { WORDING_KINDS } from '@praxis/sim';
import type { Language } from '@praxis/teleop';
import type { ResultStore } from '../../files/result-store.ts';
import { quantile, wilson95 } from '../../report/statistics.ts';
import { type HeardRequest, heardName } from './listen.ts';
import { jobName, jobOf, type PickOutcome, type PickRoute, type PickTrial } from './trial.ts';

/** Number of requests of one kind, and of those that the arm did right. */
export interface PickRow {
  readonly kind: PickTrial['kind'] | 'all';
  readonly requests: number;
  readonly right: number;
  readonly share: number | null;
  readonly wilson95: readonly [number, number];
}

/** A run that did not do what the request means. */
export interface PickFailure {
  readonly seed: number;
  readonly kind: PickTrial['kind'];
  readonly request: string;
  /** What the arm was told when it is not the request itself. */
  readonly told?: string;
  readonly cause: string;
}

/** The runs of one way to give requests. */
export interface PickArm {
  /** Requests for a thing of the scene: right when the arm holds it up. */
  readonly present: readonly PickRow[];
  /** Requests for what the scene does not have: right when nothing has moved. */
  readonly absent: readonly PickRow[];
  readonly false_stops: number;
  readonly failures: readonly PickFailure[];
}

/** Compares the ways to give requests: the JSON object of `praxis voice requests --json`. */
export interface SpokenPicksReport {
  /** Through the planner, as `praxis drive --planner`. */
  readonly planner: PickArm;
  /** Through the command language to the learned policy, as `praxis drive`: it refuses what it does not read. */
  readonly command_language: PickArm;
  /** Every text as the instruction of the learned policy, whatever the command language says. */
  readonly policy: PickArm;
  /** The first requests again, spoken: what the recogniser heard, through the planner. */
  readonly spoken?: PickArm & {
    /** Requests that were recognised word by word. */
    readonly as_written: number;
    readonly rejected: number;
    readonly stops: number;
    /** The same requests typed. */
    readonly typed: PickRow;
  };
  /** Time of the planner for a request (ms, measured). */
  readonly planning_ms: { readonly p50: number | null; readonly p95: number | null; readonly max: number | null };
  /** True when the measurement was ended early; the counts are of the runs that were finished. */
  readonly partial: boolean;
}

/** A finished run and its trial. */
interface Run {
  readonly trial: PickTrial;
  readonly outcome: PickOutcome;
  readonly told?: string;
}

/** What {@link spokenPicksReport} reads. */
export interface ReportSources {
  readonly trials: readonly PickTrial[];
  /** Trials that were also spoken. */
  readonly spoken: readonly PickTrial[];
  readonly outcomes: ResultStore<PickOutcome>;
  readonly heard: ResultStore<HeardRequest>;
  readonly language: Language;
}

const NOTHING_DONE = { right: false, falseStops: 0 };

/** Computes the report of all runs that are stored. */
export function spokenPicksReport(sources: ReportSources): SpokenPicksReport {
  const { trials, spoken, outcomes, heard, language } = sources;
  const runsOf = (route: PickRoute, of = trials): readonly Run[] =>
    of.flatMap((trial) => {
      const outcome = outcomes.get(jobName(jobOf(trial, route, language)));
      return outcome ? [{ trial, outcome }] : [];
    });
  const planner = runsOf('planner');
  const policy = runsOf('policy');
  const commands = policy.map(({ trial, outcome }): Run => {
    const { kind } = language.interpret(trial.request);
    // A sentence that the command language does not read as an instruction moves nothing.
    if (kind === 'instruct') return { trial, outcome };
    const right = trial.goalKey === undefined;
    return { trial, outcome: { ...NOTHING_DONE, right, cause: `not done: read as ${kind}` } };
  });
  const heardRuns = spoken.flatMap((trial): readonly Run[] => {
    const what = heard.get(heardName(trial));
    if (!what) return [];
    if (what.text === undefined) {
      const cause = what.stop === undefined ? 'rejected by the recogniser' : `heard "${what.stop}"`;
      return [{ trial, told: what.recognised.join('; '), outcome: { ...NOTHING_DONE, cause } }];
    }
    const outcome = outcomes.get(jobName(jobOf(trial, 'planner', language, what.text)));
    return outcome ? [{ trial, outcome, told: what.text }] : [];
  });
  const all = spoken.flatMap((trial) => heard.get(heardName(trial)) ?? []);
  const times = planner.flatMap(({ outcome: { planningS } }) => (planningS === undefined ? [] : [1000 * planningS]));
  return {
    planner: armOf(planner),
    command_language: armOf(commands),
    policy: armOf(policy),
    ...(spoken.length === 0
      ? {}
      : {
          spoken: {
            ...armOf(heardRuns),
            as_written: spoken.filter((trial) => sameWords(heard.get(heardName(trial))?.text, trial.request)).length,
            rejected: all.filter(({ text, stop }) => text === undefined && stop === undefined).length,
            stops: all.filter(({ stop }) => stop !== undefined).length,
            typed: rowOf('all', runsOf('planner', spoken)),
          },
        }),
    planning_ms: { p50: quantile(times, 0.5), p95: quantile(times, 0.95), max: quantile(times, 1) },
    partial: planner.length + policy.length < 2 * trials.length || heardRuns.length < spoken.length,
  };
}

const wordsOf = (text: string): string => text.toLowerCase().replace(/[^a-z' ]/g, '');
const sameWords = (heard: string | undefined, request: string): boolean =>
  heard !== undefined && wordsOf(heard) === wordsOf(request);

function armOf(runs: readonly Run[]): PickArm {
  const present = runs.filter(({ trial }) => trial.goalKey !== undefined);
  const absent = runs.filter(({ trial }) => trial.goalKey === undefined);
  return {
    present: rowsOf(present),
    absent: rowsOf(absent),
    false_stops: runs.reduce((sum, { outcome }) => sum + outcome.falseStops, 0),
    failures: runs
      .filter(({ outcome }) => !outcome.right)
      .map(({ trial: { seed, kind, request }, outcome: { cause = '' }, told }) => ({
        ...{ seed, kind, request, cause },
        ...(told === undefined ? {} : { told }),
      })),
  };
}

const rowsOf = (runs: readonly Run[]): readonly PickRow[] => [
  ...WORDING_KINDS.filter((kind) => runs.some(({ trial }) => trial.kind === kind)).map((kind) =>
    rowOf(
      kind,
      runs.filter(({ trial }) => trial.kind === kind),
    ),
  ),
  rowOf('all', runs),
];

function rowOf(kind: PickRow['kind'], runs: readonly Run[]): PickRow {
  const requests = runs.length;
  const right = runs.filter(({ outcome }) => outcome.right).length;
  return {
    kind,
    requests,
    right,
    share: requests === 0 ? null : right / requests,
    wilson95: wilson95(right, requests),
  };
}
