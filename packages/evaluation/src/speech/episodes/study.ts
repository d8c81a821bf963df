import { Language } from '@praxis/teleop';
import { policyIdentity } from '../../episodes/driver.ts';
import { ResultStore } from '../../files/result-store.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import type { ResumableStudy, StudyOptions } from '../study.ts';
import { findBabbleVoices, type TestVoice } from '../test-voices.ts';
import { instructionTrials, type TrialOutcome } from './instruction-trial.ts';
import { listenToTrials } from './listen.ts';
import { playTrials } from './play.ts';
import { pairOf, type SpokenReport, spokenReport } from './report.ts';

export interface SpokenEpisodesOptions extends StudyOptions, ResumableStudy {
  readonly task: string;
  readonly seeds: readonly number[];
  /** Directory of the policy. */
  readonly policy: string;
  readonly speakers: readonly TestVoice[];
  /** dB, of speech over noise. */
  readonly decibels: number;
  /** Processes that play episodes. */
  readonly workers: number;
  readonly signal: AbortSignal;
}

/**
 * Plays the same episodes with the instruction written and spoken: what speech costs in successes.
 * @returns undefined when it was ended early; what is done by then is kept
 * @throws {InputError} without a recogniser, or when the kept results are of another measurement; {PolicyError} when the policy
 * does not load
 */
export async function studySpokenEpisodes(options: SpokenEpisodesOptions): Promise<SpokenReport | undefined> {
  const { task, seeds, policy, extension, model, speakers, decibels, workers, signal, resume } = options;
  const { startProgress = NO_PROGRESS } = options;
  const voices = speakers.map(({ name }) => name);
  const identity = { task, decibels, ...policyIdentity(policy), model, voices };
  const outcomes = new ResultStore<TrialOutcome>(resume, { command: 'praxis voice episodes', identity });
  const trials = instructionTrials(task, seeds, new Language(extension));
  const shared = { trials, outcomes, signal, startProgress };
  await listenToTrials({
    ...shared,
    extension,
    model,
    voices: speakers,
    babbleVoices: await findBabbleVoices(),
    decibels,
  });
  await playTrials({ ...shared, task, policy, workers });
  if (signal.aborted) return undefined;
  return spokenReport(trials.map((wish) => pairOf(wish, outcomes.get(String(wish.seed))!)));
}
