import { Worker } from 'node:worker_threads';
import { execArgvOf, moduleBeside, ReplayedClock, type Robot } from '@praxis/core';
import { type SafetyEvent, SharedRobot, shareSafety } from '@praxis/safety';
import { NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { RecordReader, recordBytes } from '../packages/safety/src/isolation/seqlock.ts';
import { ROBOT_SPEC } from '../sim/src/robot/arm.ts';
import { HOME_JOINTS_RAD } from '../sim/src/robot/praxis-arm.ts';
import type { ThreadSetup } from './safety-thread.ts';

const module = moduleBeside('./safety-thread', import.meta.url);
const thread = (setup: ThreadSetup) => new Worker(module, { workerData: setup, execArgv: execArgvOf(module) });
const workerResult = (worker: Worker) =>
  new Promise<unknown>((resolve, reject) => {
    let last: unknown;
    worker.on('message', (message) => {
      last = message;
    });
    worker.once('error', reject);
    worker.once('exit', () => resolve(last));
  });
const now = () => Number(process.hrtime.bigint()) / 1e9;

/** The loop's side of a robot in another thread. */
const remoteRobot: Robot = {
  spec: ROBOT_SPEC,
  clock: new ReplayedClock(),
  stream: () => NEVER,
  command: () => {
    throw new Error('commanded past the supervisor');
  },
  start: async () => {},
  stop: async () => {},
};

describe('a supervisor in a thread of its own', () => {
  it('holds the arm while the event loop of the control loop is blocked', async () => {
    const deadline = 0.1;
    const shared = shareSafety(HOME_JOINTS_RAD.length);
    const robot = new SharedRobot(remoteRobot, shared);
    const worker = thread({ kind: 'supervisor', shared, deadline });
    const log = workerResult(worker);
    // The loop sends commands and heartbeats until the supervisor runs.
    while (robot.state().state !== 'running' && robot.state().state !== 'hold') {
      robot.request('start');
      robot.beat('loop');
      robot.command('arm', {
        value: { position: Float64Array.from(HOME_JOINTS_RAD), gripperWidth: 0.08 },
        stamp: now(),
        received: now(),
      });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    // Then it blocks the event loop for at least half a second, and until the supervisor has stopped the arm.
    const blocked = now();
    while (now() - blocked < 0.5 || (robot.state().state !== 'hold' && now() - blocked < 60));
    const unblocked = now();
    expect(robot.state().state).toBe('hold');
    const held = ((await log) as SafetyEvent[]).find(({ to }) => to === 'hold')!;
    expect(held.from).toBe('running');
    expect(['command_silence', 'loop_silent']).toContain(held.cause);
    expect(held.data.silence_s).toBeGreaterThanOrEqual(deadline - 1e-9);
    expect(held.time).toBeLessThan(unblocked);
  });

  it('never reads a record that another thread is half through writing', async () => {
    const [size, records] = [16, 100_000];
    const memory = new SharedArrayBuffer(recordBytes(size));
    const reader = new RecordReader(memory, 0, size);
    const done = workerResult(thread({ kind: 'writer', memory, size, records }));
    let [last, torn, back] = [0, 0, 0];
    while (last < records) {
      for (let i = 0; i < 10_000; i++) {
        if (!reader.read()) continue;
        const [first] = reader.values;
        if (reader.values.some((value) => value !== first)) torn++;
        if (first < last) back++;
        last = first;
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await done;
    expect({ torn, back }).toEqual({ torn: 0, back: 0 });
  });
});
