import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, free, MotionGroundTruth, pick, type RobotSource, runEpisode } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..', 'robots');

const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const robots = await Promise.all(names.map(async (name) => [name, await openRobotSource(join(folder, name))] as const));
const groupsOf = ({ definition: { arms, bases } }: RobotSource) => ({
  arms: Object.keys(arms).length,
  bases: Object.keys(bases).length,
});

it.each(robots.filter(([, robot]) => groupsOf(robot).bases === 0))(
  'the expert picks with %s, and its supervisor does not interfere',
  async (_, robot) => {
    const result = await runEpisode({
      task: pick,
      seed: 2_000_000,
      robot,
      policy: 'expert',
      scheduler: new RecedingHorizon(),
    });
    expect(result).toMatchObject({
      success: true,
      safety: { falseStops: 0, limitViolations: { commands: 0, joints: 0 } },
    });
  },
);

const others = robots.filter(([, robot]) => groupsOf(robot).bases > 0 || groupsOf(robot).arms > 1);
it.each(others)('%s stands in the scene without a task', async (_, robot) => {
  const scheduler = new RecedingHorizon();
  const episode = await Episode.create({
    task: free,
    seed: 2_000_000,
    robot,
    policy: 'expert',
    scheduler,
    ends: 'closed',
  });
  while (episode.time < 1) await episode.step();
  expect(new MotionGroundTruth(episode.world, episode.robot.setup).standing).toBe(true);
  expect(episode.result()).toMatchObject({
    safety: { state: 'running', falseStops: 0, limitViolations: { commands: 0, joints: 0 } },
  });
  await episode.close();
});
