import { Language } from '@praxis/teleop';
import { ResultStore } from '../../files/result-store.ts';
import { policyIdentity, policySource } from '../../project/policy-source.ts';
import { loadProject } from '../../project/project.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import type { ResumableStudy, StudyOptions } from '../study.ts';
import { findBabbleVoices, type TestVoice } from '../test-voices.ts';
import { instructionTrials, type TrialOutcome } from './instruction-trial.ts';
import { listenToTrials } from './listen.ts';
import { playTrials } from './play.ts';
import { pairOf, type SpokenReport, spokenReport } from './report.ts';

/** Version of the stored results. A file of another version is rejected. */
const RESULTS_VERSION = 2;

/** Options of {@link studySpokenEpisodes}. */
export interface SpokenEpisodesOptions extends StudyOptions, ResumableStudy {
  readonly task: string;
  readonly seeds: readonly number[];
  /** Directory of the policy. */
  readonly policy: string;
  readonly voices: readonly TestVoice[];
  /** Signal-to-noise ratio (dB). */
  readonly decibels: number;
  /** Number of processes that run episodes. */
  readonly workers: number;
  /** Ends the measurement early. */
  readonly signal: AbortSignal;
}

/**
 * Runs the same episodes with written and with spoken instructions and compares the success rates.
 * @returns undefined when it was ended early; finished trials stay in the `resume` file
 * @throws {InputError} without a recogniser, or when the stored results belong to another measurement; {PolicyError} when the policy
 * does not load
 */
export async function studySpokenEpisodes(options: SpokenEpisodesOptions): Promise<SpokenReport | undefined> {
  const { task, seeds, policy, extension, model, voices, decibels, workers, signal, resume } = options;
  const { startProgress = NO_PROGRESS } = options;
  const project = await loadProject();
  const identity = {
    results: RESULTS_VERSION,
    task,
    decibels,
    ...(await policyIdentity(policySource(policy, project))),
    model,
    voices: voices.map(({ name }) => name),
  };
  const outcomes = new ResultStore<TrialOutcome>(resume, { command: 'praxis voice episodes', identity });
  const trials = instructionTrials(project.registry.tasks.find(task), seeds, new Language(extension));
  const shared = { trials, outcomes, signal, startProgress };
  await listenToTrials({
    ...shared,
    extension,
    model,
    voices,
    babbleVoices: await findBabbleVoices(),
    decibels,
  });
  await playTrials({ ...shared, task, policy, workers });
  if (signal.aborted) return undefined;
  return spokenReport(trials.map((trial) => pairOf(trial, outcomes.get(String(trial.seed))!)));
}
