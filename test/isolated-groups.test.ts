import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ControlLoop, type JointState, moduleBeside, type Policy } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import type { SafetyConfig } from '@praxis/safety';
import { loopOptions, type RobotSource, robotSetup, SIM_SAFETY } from '@praxis/sim';
import { IsolatedRobot, openRobotSource } from '@praxis/sim/node';
import { afterEach, describe, expect, it } from 'vitest';
import square from '../examples/driven-base/policy.ts';
import twoArms from '../examples/two-arms/policy.ts';

/** Deadlines of seconds, because a busy test machine is later than a robot may be; the loop is blocked for longer. */
const DEADLINE_S = 3;
const { watchdog: strict } = SIM_SAFETY;
const heartbeat = { deadline: DEADLINE_S, reaction: 'hold', from: 'first beat' } as const;
const WATCHDOG: SafetyConfig['watchdog'] = {
  ...strict,
  streams: Object.fromEntries(
    Object.entries(strict.streams).map(([name, rule]) => [name, { ...rule, deadline: DEADLINE_S, frozen: null }]),
  ),
  command: { deadline: DEADLINE_S, reaction: 'hold' },
  reject: { time: DEADLINE_S, reaction: 'hold' },
  queue: { grace: DEADLINE_S, reaction: 'hold' },
  heartbeats: { loop: heartbeat, policy: heartbeat },
};
const modules = [moduleBeside('./free-scene.config', import.meta.url).href];

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanups.splice(0)) await close();
});

/** A shipped robot whose supervisors wait long. */
async function lenient(name: string): Promise<RobotSource> {
  const source = await openRobotSource(fileURLToPath(new URL(`../robots/${name}`, import.meta.url)));
  const { arms, bases } = source.definition;
  const groups = [...Object.keys(arms), ...Object.keys(bases)];
  const settings = { watchdog: WATCHDOG };
  const safety = groups.length > 1 ? Object.fromEntries(groups.map((group) => [group, settings])) : settings;
  return { ...source, definition: { ...source.definition, safety } };
}

/** Starts a robot in a thread of its own and a loop in this one. */
async function run(source: RobotSource, policy: Policy): Promise<IsolatedRobot> {
  const robot = await IsolatedRobot.open({ task: 'free', modules, seed: 1, robot: source, wordings: 'report' });
  cleanups.push(() => robot.stop());
  const scheduler = new RecedingHorizon();
  // A busy machine may be later than the age that a chunk may have.
  const options = { ...loopOptions(robotSetup(source), {}), maximumChunkAge: undefined };
  const loop = new ControlLoop({ robot, policy, scheduler, inference: { kind: 'measured' }, ...options });
  robot.periods$.subscribe(() => {
    loop.tick();
    robot.beat('loop');
    robot.beat('policy');
    robot.reportQueue(loop.queue);
  });
  loop.start();
  await robot.start();
  return robot;
}

/** Waits until the condition holds; the test's own timeout bounds the wait. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

/** Blocks this thread, and the loop with it, until the supervisors in the other one have stopped the robot. */
function blockUntilStopped(robot: IsolatedRobot): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let k = 0; k < 200 && robot.state().state === 'running'; k++) Atomics.wait(cell, 0, 0, 100);
  // The robot comes to rest.
  Atomics.wait(cell, 0, 0, 3000);
}

describe('a robot with several command groups and its supervisors in a thread of their own', {
  timeout: 90_000,
}, () => {
  it('two arms move as one loop commands, and both are stopped while its thread is blocked', async () => {
    const robot = await run(await lenient('two_arms'), twoArms());
    const least: Record<string, number> = {};
    const most: Record<string, number> = {};
    robot.stream('joints').subscribe(({ value }) => {
      const { names, position } = value as JointState;
      for (const [i, name] of names.entries()) {
        least[name] = Math.min(least[name] ?? position[i], position[i]);
        most[name] = Math.max(most[name] ?? position[i], position[i]);
      }
    });
    const swept = (joint: string) => (most[joint] ?? 0) - (least[joint] ?? 0);
    await until(() => swept('left_waist') > 0.1 && swept('right_waist') > 0.2);
    expect(robot.state()).toMatchObject({ state: 'running', power: 'on' });
    blockUntilStopped(robot);
    expect(robot.state()).toMatchObject({ state: 'hold', power: 'on' });
    const { events, standing } = await robot.report();
    expect(standing).toBe(true);
    const stops = events.filter(({ from, to }) => from === 'running' && to === 'hold');
    expect(stops.map(({ message }) => message.split(':')[0]).sort()).toEqual(['left', 'right']);
    expect(stops[0].time).toBe(stops[1].time);
  });

  it('a base drives as the loop commands, and is stopped while its thread is blocked', async () => {
    const robot = await run(await lenient('base'), square());
    let x = 0;
    robot.stream('odometry').subscribe(({ value }) => {
      [x] = value as Float64Array;
    });
    await until(() => x > 0.1);
    expect(robot.state()).toMatchObject({ state: 'running' });
    blockUntilStopped(robot);
    expect(robot.state()).toMatchObject({ state: 'hold' });
    const { standing } = await robot.report();
    expect(standing).toBe(true);
    robot.requestStateChange('reset');
    robot.requestStateChange('start');
    await until(() => robot.state().state === 'running');
  });
});
