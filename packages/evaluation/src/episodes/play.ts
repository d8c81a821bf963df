import { Episode, findFault, runEpisode, TASK_NAMES } from '@praxis/sim';
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
  if (job.fault !== undefined && safety === 'on' && findFault(job.fault).impact) {
    const { fault } = await runEpisode({ ...options, safety: 'off' });
    return fault ? { ...first, unsupervised: { peakForceN: fault.peakForceN } } : first;
  }
  if (!setup.swap || !first.success) return first;
  const second = await runEpisode({ ...options, swap: true });
  return { ...first, swapped: { instruction: second.instruction, followed: second.instructionFollowed } };
}

/** Simulated seconds of each part of an episode. */
const EPISODE_PART_S = 4;
/** So many episodes are worth another round. */
const EPISODES_PER_ROUND = 50;
const MAX_ROUNDS = 4;

/**
 * Plays parts of episodes that nothing is reported of. A robot's process is warm when the arm is let go; the first inferences of
 * a cold one take up to 100 ms, and its compiler is at work for some seconds beside them. Reported times should say what
 * a step costs, not what compiling does.
 * @param episodes how many will be played: few are not worth a long wait
 */
export async function warmUp({ policy, scheduler }: Driver, episodes: number): Promise<void> {
  const rounds = Math.min(MAX_ROUNDS, 1 + Math.floor(episodes / EPISODES_PER_ROUND));
  for (let seed = 0; seed < rounds; seed++) {
    for (const task of TASK_NAMES) {
      const episode = await Episode.create({ task, seed, urdf: armUrdf(), policy, scheduler });
      while (episode.time < EPISODE_PART_S && (await episode.step()));
      await episode.close();
    }
  }
}
