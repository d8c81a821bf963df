import { fileURLToPath } from 'node:url';
import type { ActionChunk, ChunkScheduler } from '@praxis/core';
import { expect, it } from 'vitest';
import { Episode } from '../episode/episode.ts';
import { openRobotSource } from '../node.ts';
import { free } from './free.ts';

/** Gives no action, so that the arm stands. */
const idle: ChunkScheduler = {
  addChunk: (_: ActionChunk) => undefined,
  sample: () => false,
  reset: () => undefined,
};

it('the scene without a task has the robot at home, stands still, and gives no verdict', async () => {
  const robot = await openRobotSource(fileURLToPath(new URL('../../../robots/arm5', import.meta.url)));
  const episode = await Episode.create({
    task: free,
    seed: 1,
    robot,
    policy: 'expert',
    scheduler: idle,
    ends: 'closed',
  });
  const { joints, home } = episode.robot.setup;
  const positions = () => joints.map((name) => episode.world.view('qpos')[episode.world.joint(name).qpos]);
  expect(positions()).toEqual(home);
  while (episode.time < 0.5) await episode.step();
  for (const [i, position] of positions().entries()) expect(position).toBeCloseTo(home[i], 3);
  expect(episode.result().outcome).toBe('no_verdict');
  await episode.close();
});
