import { runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { Driver } from '../episodes/driver.ts';
import { wordingsOf } from '../options.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';

/** One episode; in a swap test, after a success the same seed again with another object named. */
export async function playEpisode(job: EpisodeJob, setup: EvaluationSetup, driver: Driver): Promise<EpisodeOutcome> {
  const { policy, scheduler } = driver;
  const options = { ...job, policy, scheduler, urdf: armUrdf(), mask: setup.mask, wordings: wordingsOf(job.seed) };
  const { wallS: _, ...first } = await runEpisode(options);
  if (!setup.swap || !first.success) return first;
  const second = await runEpisode({ ...options, swap: true });
  return { ...first, swapped: { instruction: second.instruction, followed: second.instructionFollowed } };
}
