import { Episode, TASK_NAMES } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { Driver } from './driver.ts';

/** Simulated seconds of each part of an episode. */
const SECONDS = 4;
/** So many episodes are worth another round. */
const EPISODES = 50;
const MOST_ROUNDS = 4;

/**
 * Plays parts of episodes that nothing is reported of. A robot's process is warm when the arm is let go; the first inferences of
 * a cold one take up to 100 ms, and its compiler is at work for some seconds beside them. Reported times should say what
 * a step costs, not what compiling does.
 * @param episodes how many will be played: few are not worth a long wait
 */
export async function warmUp({ policy, scheduler }: Driver, episodes: number): Promise<void> {
  const rounds = Math.min(MOST_ROUNDS, 1 + Math.floor(episodes / EPISODES));
  for (let seed = 0; seed < rounds; seed++) {
    for (const task of TASK_NAMES) {
      const episode = await Episode.create({ task, seed, urdf: armUrdf(), policy, scheduler });
      while (episode.time < SECONDS && (await episode.step()));
      await episode.close();
    }
  }
}
