import { setTimeout as sleep } from 'node:timers/promises';
import { armBlocks, ControlLoop, InputError, type JointState } from '@praxis/core';
import { moduleUrls } from '@praxis/evaluation';
import { RecedingHorizon } from '@praxis/policy';
import type { SafetyConfig, SafetyEvent, SafetyState } from '@praxis/safety';
import { armModel, SIM_LOOP, SIM_SAFETY } from '@praxis/sim';
import { armUrdf, IsolatedRobot } from '@praxis/sim/node';
import { afterEach, describe, expect, it } from 'vitest';
import { TASKS } from './shipped-tasks.ts';

const urdf = armUrdf();
const { kinematics, tool } = armModel(urdf);
/**
 * Deadlines of seconds, because a busy test machine is later than a robot may be. The tests block the loop for as long as a
 * deadline takes.
 */
const LENIENT_SAFETY: SafetyConfig = {
  ...SIM_SAFETY,
  // After a pause the arm catches up at its limits, which the wrist sensor measures as contact.
  filter: { ...SIM_SAFETY.filter, age: { maximum: 5, future: 5 }, jump: undefined },
  force: null,
  watchdog: {
    ...SIM_SAFETY.watchdog,
    command: { deadline: 3, reaction: 'hold' },
    reject: { time: 3, reaction: 'hold' },
    queue: { grace: 3, reaction: 'hold' },
    heartbeats: {
      loop: { deadline: 3, reaction: 'hold', from: 'first beat' },
      policy: { deadline: 3, reaction: 'hold', from: 'first beat' },
    },
  },
};
const modules = moduleUrls({ config: undefined });
const SETUP = { task: 'pick', modules, seed: 2_000_000, urdf, wordings: 'report' as const, safety: LENIENT_SAFETY };
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanups.splice(0)) await close();
});

async function open(safety = LENIENT_SAFETY): Promise<IsolatedRobot> {
  const robot = await IsolatedRobot.open({ ...SETUP, safety });
  cleanups.push(() => robot.stop());
  return robot;
}

/** Waits until the condition holds; the test's own timeout bounds the wait. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

/** Blocks the event loop of this thread without a use of the processor (ms). */
function blockThread(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Creates a loop that moves the tool to and fro; it ticks in each period of the plant. */
function createLoop(robot: IsolatedRobot): ControlLoop {
  const start = new Float64Array(7);
  const joints = Float64Array.from([0, -0.35, 0, -2.4, 0, 2.05, 0.785]);
  kinematics.forward(joints, start);
  const loop = new ControlLoop({
    robot,
    kinematics,
    tool,
    scheduler: new RecedingHorizon(),
    inference: { kind: 'measured' },
    policy: {
      spec: { name: 'to and fro', inputs: [], horizon: 16, actionPeriod: 0.05, inferencePeriod: 0.1 },
      infer: async ({ stamp }) => {
        const poses = new Float64Array(16 * 7);
        for (let k = 0; k < 16; k++) {
          const y = 0.1 * Math.sin(3 * (stamp + 0.05 * (k + 1)));
          poses.set([start[0], y, start[2], start[3], start[4], start[5], start[6]], 7 * k);
        }
        const blocks = armBlocks(poses, new Float64Array(16).fill(0.08));
        return { stamp, period: 0.05, horizon: 16, blocks, gates: { vision: 0, wrench: 0, language: 0, joints: 0 } };
      },
      reset: () => undefined,
      close: async () => undefined,
    },
    ...SIM_LOOP,
  });
  robot.periods$.subscribe(() => {
    loop.tick();
    robot.beat('loop');
    robot.beat('policy');
  });
  return loop;
}

describe('the arm and its supervisor in a thread of their own', () => {
  it('publishes samples of every sensor, and moves as the loop commands', async () => {
    const robot = await open();
    expect(robot.instruction).not.toBe('');
    const loop = createLoop(robot);
    const kinds = new Set<string>();
    for (const { name } of robot.spec.streams) robot.stream(name).subscribe(() => kinds.add(name));
    const swept = { low: 1, high: -1 };
    robot.stream('joints').subscribe(({ value }) => {
      const { names, position } = value as JointState;
      const joint1 = position[names.indexOf('joint1')];
      swept.low = Math.min(swept.low, joint1);
      swept.high = Math.max(swept.high, joint1);
    });
    loop.start();
    await robot.start();
    robot.setInstruction('lift the red cube');
    await until(() => swept.high - swept.low > 0.12 && kinds.size === robot.spec.streams.length);
    expect(robot.state()).toMatchObject({ state: 'running', power: 'on' });
  });

  it('stops the arm while this thread is blocked, and keeps it stopped afterwards', async () => {
    const robot = await open();
    const loop = createLoop(robot);
    const events: SafetyEvent[] = [];
    robot.events$.subscribe((event) => events.push(event));
    loop.start();
    await robot.start();
    await until(() => loop.stats.chunks > 3 && robot.state().state === 'running');
    robot.startMeasurement();
    // This loop blocks the event loop; shared memory still shows the state of the other thread.
    let seen: SafetyState = 'running';
    while (seen === 'running') {
      blockThread(5);
      seen = robot.state().state;
    }
    expect(seen).toBe('hold');
    await until(() => events.some(({ to }) => to === 'hold'));
    const { cause } = events.find(({ to }) => to === 'hold')!;
    expect(['command_silence', 'loop_silent', 'policy_silent']).toContain(cause);
    // The loop commands again, but the arm stays on hold until a reset and a start.
    const ticks = loop.stats.ticks;
    await until(() => loop.stats.ticks > ticks + 200);
    const report = await robot.report();
    expect(report).toMatchObject({ state: 'hold', standing: true, violations: { commands: 0, joints: 0 } });
    robot.requestStateChange('reset');
    await until(() => robot.state().state === 'ready');
    robot.requestStateChange('start');
    await until(() => robot.state().state === 'running');
  });

  it('obeys stop requests from this thread, and ends with the robot', async () => {
    const robot = await open();
    const loop = createLoop(robot);
    loop.start();
    await robot.start();
    await until(() => robot.state().state === 'running');
    robot.requestStateChange('protective_stop');
    await until(() => robot.state().state === 'protective_stop' && robot.state().power === 'off');
    let ended = false;
    robot.periods$.subscribe({ complete: () => (ended = true) });
    loop.stop();
    await robot.stop();
    expect(ended).toBe(true);
    await expect(robot.report()).rejects.toThrow(InputError);
    await robot.stop();
  });

  it.for(['all', 'none'] as const)(
    'stops for a stale camera only if the loop reads it (needed: %s)',
    async (needed) => {
      const { watchdog } = LENIENT_SAFETY;
      // Cameras send every 50 ms, so that their pictures are nearly always older than this.
      const vision = { ...watchdog.streams.vision, deadline: 0.02 };
      const robot = await open({
        ...LENIENT_SAFETY,
        watchdog: { ...watchdog, streams: { ...watchdog.streams, vision } },
      });
      const loop = createLoop(robot);
      expect(loop.reads).toEqual([]);
      robot.needStreams(needed === 'all' ? 'all' : loop.reads);
      const events: SafetyEvent[] = [];
      robot.events$.subscribe((event) => events.push(event));
      loop.start();
      await robot.start();
      await until(() => events.some(({ cause }) => cause === 'stream_lost'));
      const ticks = loop.stats.ticks;
      await until(() => loop.stats.ticks > ticks + 100);
      expect(robot.state().state).toBe(needed === 'all' ? 'hold' : 'running');
    },
  );

  it('refuses an unknown task in one line', async () => {
    await expect(IsolatedRobot.open({ ...SETUP, task: 'juggle' })).rejects.toThrow(
      new InputError(`unknown task "juggle": expected one of ${TASKS.join(', ')}`),
    );
  });
});
