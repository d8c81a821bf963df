import { InputError, moduleBeside } from '@praxis/core';
import { SCHEDULER_NAMES } from '@praxis/policy';
import { type PairedTask, pairedTasks } from '../comparison/paired.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import { causeOf } from '../evaluate/cause.ts';
import { ResultStore } from '../files/result-store.ts';
import { policyIdentity, policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { countByName, quantile, wilson95 } from '../report/statistics.ts';
import { NO_PROGRESS, type StartProgress } from '../workers/progress.ts';
import { runInWorkers } from '../workers/run.ts';
import { type DelayCell, inferenceCells, touchCells } from './cells.ts';

/** Version of the stored results. A file of another version is rejected. */
const RESULTS_VERSION = 1;

/** Tasks of the study by default. */
const DEFAULT_TASKS: readonly string[] = ['pick', 'sort'];

/** Options of {@link studyDelays}. */
export interface DelayOptions {
  /** Policy: its folder, or a registered name. Default: the shipped one. */
  readonly policy?: string;
  /** Tasks of the episodes. Default: `pick` and `sort`. */
  readonly tasks?: readonly string[];
  /** Seeds of the episodes of each cell and task, in ascending order. */
  readonly seeds: readonly number[];
  readonly workers: number;
  /** File of intermediate results; a later run continues from it. */
  readonly resume?: string;
  /** Ends the study early; finished episodes stay in the `resume` file. */
  readonly signal: AbortSignal;
  /** Default: no progress is reported. */
  readonly startProgress?: StartProgress;
}

/** Results of one cell and task. */
export interface DelayRow {
  readonly task: string;
  readonly episodes: number;
  readonly successes: number;
  readonly wilson95: readonly [number, number];
  /** Comparison with the baseline of the cell, seed by seed; undefined for a baseline. */
  readonly paired: Pick<PairedTask, 'difference' | 'newcombe95' | 'mcnemar_p' | 'time_s'> | undefined;
  /** Stops of the supervisor without a request. */
  readonly falseStops: number;
  /** 95th percentile of the episodes' largest contact force, as the loop read it (N). */
  readonly peakForceP95N: number | null;
  /** Number of failed episodes by their cause. */
  readonly causes: Readonly<Record<string, number>>;
}

/** A cell with its results, in the order of the tasks. */
export interface MeasuredCell {
  readonly cell: DelayCell;
  readonly rows: readonly DelayRow[];
}

/** Success of a policy by delay. */
export interface DelayStudy {
  readonly policy: string;
  readonly tasks: readonly string[];
  /** First seed, and number of seeds. */
  readonly seed: number;
  readonly episodes: number;
  /** By scheduler: without a delay first. */
  readonly inference: readonly MeasuredCell[];
  /** With the supervisor and without it: the timing of the stamps first. */
  readonly touch: readonly MeasuredCell[];
}

/** Cells by name, each once: the usual timing is one for both tables. */
const cellsByName = (cells: readonly DelayCell[]): ReadonlyMap<string, DelayCell> =>
  new Map(cells.map((cell) => [cell.name, cell]));

/**
 * Measures a policy with added delays of inference for each scheduler, and with delayed and shuffled forces, on the
 * same seeds.
 * @returns undefined when it was ended early
 * @throws {InputError} for no seeds, and when the stored results belong to another measurement
 */
export async function studyDelays(options: DelayOptions): Promise<DelayStudy | undefined> {
  const { seeds, tasks = DEFAULT_TASKS, resume, signal } = options;
  if (seeds.length === 0) throw new InputError('study of delays: expected at least one seed');
  const project = await loadProject();
  const policy = await policyIdentity(policySource(options.policy, project));
  const identity = { results: RESULTS_VERSION, ...policy };
  const store = new ResultStore<EpisodeOutcome>(resume, { command: 'praxis bench delays', identity });
  const inference = SCHEDULER_NAMES.flatMap(inferenceCells);
  const touch = (['on', 'off'] as const).flatMap(touchCells);
  for (const cell of cellsByName([...inference, ...touch]).values()) {
    await play(cell, { ...options, tasks }, store);
    if (signal.aborted) return undefined;
  }
  const outcomesOf = (name: string) =>
    tasks.flatMap((task) => seeds.map((seed) => store.get(keyOf(name, task, seed))!));
  const measured = (cell: DelayCell): MeasuredCell => ({
    cell,
    rows: rowsOf(tasks, outcomesOf(cell.name), cell.baseline === undefined ? undefined : outcomesOf(cell.baseline)),
  });
  return {
    ...{ policy: policy.policy, tasks, seed: seeds[0], episodes: seeds.length },
    inference: inference.map(measured),
    touch: touch.map(measured),
  };
}

const keyOf = (cell: string, task: string, seed: number): string => `${cell}, ${task} ${seed}`;

/** Runs the episodes of one cell that the store does not have yet. */
async function play(
  { name, scheduler, addedInferenceDelay, touch, safety }: DelayCell,
  { policy, tasks, seeds, workers, signal, startProgress = NO_PROGRESS }: DelayOptions & Pick<DelayStudy, 'tasks'>,
  store: ResultStore<EpisodeOutcome>,
): Promise<void> {
  const jobs: EpisodeJob[] = tasks.flatMap((task) =>
    seeds.filter((seed) => store.get(keyOf(name, task, seed)) === undefined).map((seed) => ({ task, seed })),
  );
  if (jobs.length === 0) return;
  const progress = startProgress(name, jobs.length);
  let successes = 0;
  const setup: EvaluationSetup = {
    ...{ policy, config: undefined, tasks, mask: [], swap: false, safety },
    ...{ scheduler, addedInferenceDelay, touch, episodes: jobs.length },
  };
  await runInWorkers<EvaluationSetup, EpisodeJob, EpisodeOutcome>({
    ...{ module: moduleBeside('../episodes/worker', import.meta.url), setup, jobs, workers, signal },
    onResult(outcome) {
      if (outcome.success) successes++;
      store.set(keyOf(name, outcome.task, outcome.seed), outcome);
      progress.step(`${successes} succeeded`);
    },
  }).finally(() => progress.stop());
}

/** Results of each task. @param tasks their names @param baseline the same seeds without what the cell changes; undefined for the baseline itself */
export function rowsOf(
  tasks: readonly string[],
  outcomes: readonly EpisodeOutcome[],
  baseline: readonly EpisodeOutcome[] | undefined,
): readonly DelayRow[] {
  const run = { tasks };
  const paired =
    baseline && pairedTasks({ name: 'baseline', run, outcomes: baseline }, { name: 'delayed', run, outcomes });
  return tasks.map((task) => {
    const own = outcomes.filter((outcome) => outcome.task === task);
    const successes = own.filter(({ success }) => success).length;
    return {
      ...{ task, episodes: own.length, successes, wilson95: wilson95(successes, own.length) },
      paired: paired?.find((each) => each.task === task),
      falseStops: own.reduce((sum, { safety }) => sum + (safety?.falseStops ?? 0), 0),
      peakForceP95N: quantile(
        own.map(({ peakForceN }) => peakForceN),
        0.95,
      ),
      causes: countByName(own.flatMap((outcome) => causeOf(outcome) ?? [])),
    };
  });
}
