import { Episode, TASK_NAMES } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { Driver } from '../episodes/driver.ts';

/** Long enough for the compiler of the JavaScript engine to be done with what an episode runs (simulated s). */
const SECONDS = 4;

/**
 * Plays a part of an episode of each task that nothing is reported of. A robot's process is warm when the arm is let go; the
 * first inferences of a cold one take up to 100 ms, and reported times should say what a step costs, not what compiling does.
 */
export async function warmUp({ policy, scheduler }: Driver): Promise<void> {
  for (const task of TASK_NAMES) {
    const episode = await Episode.create({ task, seed: 0, urdf: armUrdf(), policy, scheduler });
    while (episode.time < SECONDS && (await episode.step()));
    await episode.close();
  }
}
