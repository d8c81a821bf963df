import { findFault, runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { wordingsOf } from '@praxis/sim/seeds';
import type { Driver } from './driver.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';

/**
 * One episode; in a swap test, after a success the same seed again with another object named; after a strike the same
 * strike again with nobody who guards the arm.
 */
export async function playEpisode(job: EpisodeJob, setup: EvaluationSetup, driver: Driver): Promise<EpisodeOutcome> {
  const { policy, scheduler } = driver;
  const { mask, safety } = setup;
  const options = { ...job, policy, scheduler, urdf: armUrdf(), mask, safety, wordings: wordingsOf(job.seed) };
  const { wallS: _, ...first } = await runEpisode(options);
  if (job.fault !== undefined && safety === 'on' && findFault(job.fault).strike) {
    const { fault } = await runEpisode({ ...options, safety: 'off' });
    return fault ? { ...first, unsupervised: { peakForceN: fault.peakForceN } } : first;
  }
  if (!setup.swap || !first.success) return first;
  const second = await runEpisode({ ...options, swap: true });
  return { ...first, swapped: { instruction: second.instruction, followed: second.instructionFollowed } };
}
