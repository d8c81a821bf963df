import { Language } from '@praxis/teleop';
import { policyIdentity } from '../../episodes/driver.ts';
import { ResultStore } from '../../files/result-store.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import { crowd, type Speaker } from '../speakers.ts';
import type { ResumableStudy, StudyOptions } from '../study.ts';
import { listen } from './listen.ts';
import { play } from './play.ts';
import { pairOf, type SpokenReport, spokenReport } from './report.ts';
import { type Outcome, wishesOf } from './wish.ts';

export interface SpokenEpisodesOptions extends StudyOptions, ResumableStudy {
  readonly task: string;
  readonly seeds: readonly number[];
  /** Directory of the policy. */
  readonly policy: string;
  readonly speakers: readonly Speaker[];
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
  const outcomes = new ResultStore<Outcome>(resume, { command: 'praxis voice episodes', identity });
  const wishes = wishesOf(task, seeds, new Language(extension));
  const shared = { wishes, outcomes, signal, startProgress };
  await listen({ ...shared, extension, model, speakers, crowd: await crowd(), decibels });
  await play({ ...shared, task, policy, workers });
  if (signal.aborted) return undefined;
  return spokenReport(wishes.map((wish) => pairOf(wish, outcomes.get(String(wish.seed))!)));
}
