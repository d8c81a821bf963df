import { moduleBeside } from '@praxis/core';
import { setupOf } from '@praxis/sim';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import type { ContextKind } from '../episodes/planned-outcome.ts';
import { type EvaluationReport, evaluationReport } from '../evaluate/report.ts';
import { ResultStore } from '../files/result-store.ts';
import { policyIdentity, policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';
import { NO_PROGRESS, type StartProgress } from '../workers/progress.ts';
import { runInWorkers } from '../workers/run.ts';

/** Version of the stored results. A file of another version is rejected. */
const RESULTS_VERSION = 1;
const TASK = 'tidy';

/** Options of {@link studyTidy}. */
export interface TidyOptions {
  /** Planner, by its name in the configuration. */
  readonly planner: string;
  /** Seeds of the episodes of each arm, in ascending order. */
  readonly seeds: readonly number[];
  readonly workers: number;
  /** File of intermediate results; a later run continues from it. */
  readonly resume?: string;
  /** Ends the study early; finished episodes stay in the `resume` file. */
  readonly signal: AbortSignal;
  /** Default: no progress is reported. */
  readonly startProgress?: StartProgress;
}

/** The same requests with what the cameras find, and with nothing in the context. */
export interface TidyStudy {
  readonly planner: string;
  readonly camera: EvaluationReport;
  readonly blind: EvaluationReport;
}

/**
 * Lets a planner do the requests of the task `tidy`, once with what the cameras find and once with the context withheld, which shows that it is used.
 * @returns undefined when it was ended early
 * @throws {InputError} for an unknown planner, and when the stored results belong to another measurement
 */
export async function studyTidy(options: TidyOptions): Promise<TidyStudy | undefined> {
  const { planner, seeds, resume, signal } = options;
  const project = await loadProject();
  const source = policySource(undefined, project);
  const policy = await policyIdentity(source);
  const identity = { results: RESULTS_VERSION, planner, ...policy };
  const store = new ResultStore<EpisodeOutcome>(resume, { command: 'praxis bench tidy', identity });
  for (const context of ['camera', 'blind'] as const) await playAll(options, context, store);
  if (signal.aborted) return undefined;
  const robot = setupOf(await robotChoice(undefined)).name;
  const report = (context: ContextKind) =>
    evaluationReport(
      {
        ...{ policy: policy.policy, robot, seed: seeds[0], tasks: [TASK], mask: [], swap: false, fault: undefined },
        ...{ safety: 'on' as const, planner: { name: planner, context }, wallS: Number.NaN, partial: false },
      },
      seeds.map((seed) => store.get(nameOf(context, seed))!),
    );
  return { planner, camera: report('camera'), blind: report('blind') };
}

const nameOf = (context: ContextKind, seed: number): string => `${context} ${seed}`;

/** Runs the episodes of one arm that the store does not have yet. */
async function playAll(
  { planner, seeds, workers, signal, startProgress = NO_PROGRESS }: TidyOptions,
  context: ContextKind,
  store: ResultStore<EpisodeOutcome>,
): Promise<void> {
  const jobs: EpisodeJob[] = seeds
    .filter((seed) => store.get(nameOf(context, seed)) === undefined)
    .map((seed) => ({ task: TASK, seed }));
  const progress = startProgress(`${TASK}, context ${context}`, jobs.length);
  let successes = 0;
  const setup: EvaluationSetup = {
    ...{ policy: undefined, config: undefined, tasks: [TASK], mask: [], swap: false, safety: 'on' },
    ...{ planner: { name: planner, context }, episodes: jobs.length },
  };
  await runInWorkers<EvaluationSetup, EpisodeJob, EpisodeOutcome>({
    ...{ module: moduleBeside('../planning/worker', import.meta.url), setup, jobs, workers, signal },
    onResult(outcome) {
      if (outcome.success) successes++;
      store.set(nameOf(context, outcome.seed), outcome);
      progress.step(`${successes} succeeded`);
    },
  }).finally(() => progress.stop());
}
