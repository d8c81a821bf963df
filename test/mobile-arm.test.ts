import type { ActionBlock, Observation, Policy } from '@praxis/core';
import { checkRobotFolder } from '@praxis/evaluation';
import { type Episode, robotSetup, type World } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { afterAll, describe, expect, it } from 'vitest';
import { episodesOf, runUntil } from './free-episode.ts';
import { mobileArm } from './mobile-arm.ts';

const { folder, remove } = mobileArm();
afterAll(remove);
const robot = await openRobotSource(folder);
const setup = robotSetup(robot);
const start = episodesOf(robot);
const HORIZON = 8;
const PERIOD_S = 0.05;

/** Drives the base by a twist and the tool by displacements in the arm's base frame (m in a period of the policy) until a time (s). */
function drivingAndReaching(twist: readonly [number, number], dz: number, until: number): Policy {
  const rows = (value: readonly number[], stamp: number): Float64Array =>
    Float64Array.from(
      Array.from({ length: HORIZON }, (_, k) =>
        stamp + (k + 1) * PERIOD_S <= until ? value : value.map(() => 0),
      ).flat(),
    );
  return {
    spec: {
      ...{ name: 'mobile', inputs: [], horizon: HORIZON, actionPeriod: PERIOD_S, inferencePeriod: 0.1 },
      actions: [
        { name: 'drive', group: 'base', space: 'base_twist', names: ['vx', 'wz'], unit: ['m/s', 'rad/s'], frame: '' },
        {
          ...{ name: 'reach', group: 'arm', space: 'ee_delta', frame: '', reference: 'previous' },
          ...{ names: ['dx', 'dy', 'dz', 'drx', 'dry', 'drz'], unit: ['m', 'm', 'm', 'rad', 'rad', 'rad'] },
        },
      ],
    },
    async infer({ stamp }: Observation) {
      const blocks: Record<string, ActionBlock> = {
        drive: { space: 'base_twist', data: rows(twist, stamp) },
        reach: { space: 'ee_delta', data: rows([0, 0, dz, 0, 0, 0], stamp) },
      };
      return { stamp, period: PERIOD_S, horizon: HORIZON, blocks, gates: {} };
    },
    reset() {},
    async close() {},
  };
}

const place = (world: World, link: string): readonly number[] => [...world.bodyPose(world.body(link)).slice(0, 3)];
/** Place of the tool in the frame of the base's link, which stays level (m). */
function toolInBase({ world }: Episode): readonly number[] {
  const [x, y, , , , qz, qw] = world.bodyPose(world.body('base_link'));
  const [a, b, height] = place(world, 'arm_tool0');
  const heading = 2 * Math.atan2(qz, qw);
  const [dx, dy] = [a - x, b - y];
  return [Math.cos(heading) * dx + Math.sin(heading) * dy, Math.cos(heading) * dy - Math.sin(heading) * dx, height];
}

describe('an arm on a driven base', () => {
  it('passes robot check, and has a command, joints and odometry of both', async () => {
    expect((await checkRobotFolder(folder)).findings).toEqual([]);
    expect(setup.spec.commands.map(({ name, frame }) => [name, frame])).toEqual([
      ['arm', 'arm_base_link'],
      ['base', 'base_link'],
    ]);
    expect(setup.spec.streams.find(({ name }) => name === 'joints')!.names).toEqual(
      expect.arrayContaining(['arm_joint1', 'left_wheel_joint']),
    );
    expect(setup.spec.streams.some(({ name }) => name === 'odometry')).toBe(true);
  });

  it('drives and reaches by the blocks of one chunk, the tool in the frame of the base', async () => {
    const episode = await start(drivingAndReaching([0.3, 0], 0.002, 1.5));
    await runUntil(episode, 0.4);
    const before = toolInBase(episode);
    const [x0] = place(episode.world, 'base_link');
    await runUntil(episode, 2.2);
    const after = toolInBase(episode);
    expect(episode.supervisor!.stopCause?.message).toBeUndefined();
    expect(place(episode.world, 'base_link')[0] - x0).toBeGreaterThan(0.25);
    expect(after[2] - before[2]).toBeGreaterThan(0.02);
    expect(Math.hypot(after[0] - before[0], after[1] - before[1])).toBeLessThan(0.01);
  });

  it('holds the arm while the base drives in a circle: the tool stays within 1 cm of its place on the base', async () => {
    const episode = await start(drivingAndReaching([0.3, 0.8], 0, 3));
    await runUntil(episode, 0.3);
    const before = toolInBase(episode);
    let most = 0;
    while (episode.time < 3.5) {
      await episode.step();
      const now = toolInBase(episode);
      most = Math.max(most, Math.hypot(...now.map((value, i) => value - before[i])));
    }
    expect(episode.supervisor!.stopCause?.message).toBeUndefined();
    expect(most).toBeLessThan(0.01);
  });

  it('is stopped as one: a stop while both move brings base and arm to rest', async () => {
    const episode = await start(drivingAndReaching([0.4, 0], 0.003, 9), { afterStop: 'wait' });
    await runUntil(episode, 1);
    episode.request('stop');
    await runUntil(episode, 2.2);
    expect(episode.supervisor!.state).toBe('protective_stop');
    const [first, tool] = [place(episode.world, 'base_link'), place(episode.world, 'arm_tool0')];
    await runUntil(episode, 2.7);
    const moved = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((value, i) => value - b[i]));
    expect(moved(place(episode.world, 'base_link'), first)).toBeLessThan(0.002);
    expect(moved(place(episode.world, 'arm_tool0'), tool)).toBeLessThan(0.003);
  });
});
