import { moduleBeside } from '@praxis/core';
import type { WordingKind } from '@praxis/sim';
import { Language } from '@praxis/teleop';
import type { EvaluationSetup } from '../../episodes/outcome.ts';
import { ResultStore } from '../../files/result-store.ts';
import { policyIdentity, policySource } from '../../project/policy-source.ts';
import { loadProject } from '../../project/project.ts';
import type { ResumableStudy, StudyOptions } from '../../speech/study.ts';
import type { TestVoice } from '../../speech/test-voices.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import { runInWorkers } from '../../workers/run.ts';
import { type HeardRequest, heardName, hearRequests } from './listen.ts';
import { type SpokenPicksReport, spokenPicksReport } from './report.ts';
import { jobName, jobOf, type PickJob, type PickOutcome, pickTrials } from './trial.ts';

/** Version of the stored results. A file of another version is rejected. */
const RESULTS_VERSION = 1;

/** Options of {@link studySpokenPicks}. */
export interface SpokenPicksOptions extends StudyOptions, ResumableStudy {
  /** Name of the planner in the configuration. */
  readonly planner: string;
  /** Directory of the policy. */
  readonly policy: string;
  /** First seed. */
  readonly seed: number;
  /** Number of requests for a thing of the scene. */
  readonly requests: number;
  /** Number of requests for what the scene does not have. */
  readonly absent: number;
  /** Kinds of wording, in turn. Default: negation, contrast and relation. */
  readonly kinds?: readonly WordingKind[];
  /** Number of requests, the first ones, that are also spoken; 0 needs no recogniser. */
  readonly spoken: number;
  readonly voices: readonly TestVoice[];
  /** Signal-to-noise ratio (dB). */
  readonly decibels: number;
  /** Number of processes that run the arm. */
  readonly workers: number;
  /** Ends the measurement early; the report then covers what was finished. */
  readonly signal: AbortSignal;
}

/**
 * Gives requests of several kinds of wording to the simulated arm, through a planner and without one, and judges what it does.
 * @throws {InputError} without a recogniser for spoken requests, or when the stored results belong to another measurement; {PolicyError} when the
 * policy does not load
 */
export async function studySpokenPicks(options: SpokenPicksOptions): Promise<SpokenPicksReport> {
  const { planner, policy, extension, model, voices, decibels, resume, signal, startProgress = NO_PROGRESS } = options;
  const project = await loadProject();
  const identity = {
    ...{ results: RESULTS_VERSION, planner, decibels, model },
    ...(await policyIdentity(policySource(policy, project))),
    voices: voices.map(({ name }) => name),
  };
  // Runs and heard requests have names of different forms.
  const store = new ResultStore<PickOutcome & HeardRequest>(resume, { command: 'praxis voice requests', identity });
  const outcomes = store as ResultStore<PickOutcome>;
  const heard = store as unknown as ResultStore<HeardRequest>;
  const language = new Language(extension);
  const trials = pickTrials(options.seed, options.requests, options.absent, options.kinds);
  const spoken = trials.slice(0, Math.min(options.spoken, options.requests));
  for (const route of ['planner', 'policy'] as const)
    await play(
      trials.map((trial) => jobOf(trial, route, language)),
      options,
      outcomes,
    );
  if (!signal.aborted)
    await hearRequests({ trials: spoken, extension, model, voices, decibels, heard, signal, startProgress });
  await play(
    spoken.flatMap((trial) => {
      const text = heard.get(heardName(trial))?.text;
      return text === undefined ? [] : [jobOf(trial, 'planner', language, text)];
    }),
    options,
    outcomes,
  );
  return spokenPicksReport({ trials, spoken, outcomes, heard, language });
}

/** Runs the jobs without an outcome in worker processes, and stores each outcome. */
async function play(
  jobs: readonly PickJob[],
  { policy, planner, workers, signal, startProgress = NO_PROGRESS }: SpokenPicksOptions,
  outcomes: ResultStore<PickOutcome>,
): Promise<void> {
  const missing = jobs.filter((job) => !outcomes.get(jobName(job)));
  if (missing.length === 0 || signal.aborted) return;
  const bar = startProgress('requests', jobs.length, jobs.length - missing.length);
  await runInWorkers<EvaluationSetup, PickJob, PickOutcome>({
    module: moduleBeside('./worker', import.meta.url),
    setup: {
      ...{ policy, config: undefined, tasks: ['pick'], mask: [], swap: false, safety: 'on', episodes: missing.length },
      planner: { name: planner, context: 'camera' },
    },
    ...{ jobs: missing, workers, signal },
    onResult(outcome, job) {
      outcomes.set(jobName(job), outcome);
      bar.step(`${job.seed} ${job.route} ${outcome.right ? 'right' : 'not right'}`);
    },
  }).finally(() => bar.stop());
}
