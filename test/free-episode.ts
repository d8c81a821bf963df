import { fileURLToPath } from 'node:url';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, type EpisodeOptions, free, type RobotSource } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { onTestFinished } from 'vitest';

/** Opens a robot of the folder `robots`. */
export const openShippedRobot = (name: string): Promise<RobotSource> =>
  openRobotSource(fileURLToPath(new URL(`../robots/${name}`, import.meta.url)));

/** Makes the function that starts episodes of a robot without a task. They go on until the end of their test, which closes them. */
export const episodesOf =
  (robot: RobotSource) =>
  async (policy: EpisodeOptions['policy'], more: Partial<EpisodeOptions> = {}): Promise<Episode> => {
    const scheduler = new RecedingHorizon();
    const episode = await Episode.create({ task: free, seed: 1, robot, policy, scheduler, ends: 'closed', ...more });
    onTestFinished(() => episode.close());
    return episode;
  };

/** Runs an episode up to a time (s). */
export async function runUntil(episode: Episode, time: number): Promise<void> {
  while (episode.time < time) await episode.step();
}
