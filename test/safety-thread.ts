import { parentPort, workerData } from 'node:worker_threads';
import { Random, type SignalSpec } from '@praxis/core';
import { DEFAULT_SAFETY, type SafetyConfig, type SharedSafety, Supervisor, SupervisorHost } from '@praxis/safety';
import { armUrdf } from '@praxis/sim/node';
import { RecordWriter } from '../packages/safety/src/isolation/seqlock.ts';
import { armModel, ROBOT_SPEC } from '../sim/src/robot/arm.ts';
import { HOME_JOINTS_RAD } from '../sim/src/robot/praxis-arm.ts';

/** Role of a thread in the tests of isolation. */
export type ThreadSetup =
  /** Writes `records` records of `size` equal numbers as fast as possible. */
  | { readonly kind: 'writer'; readonly memory: SharedArrayBuffer; readonly size: number; readonly records: number }
  /** Runs the supervisor of an arm that stands at home, until it stops the arm. `deadline` is in seconds. */
  | { readonly kind: 'supervisor'; readonly shared: SharedSafety; readonly deadline: number };

/** Monotonic time of the process (s), the same in all of its threads. */
const monotonic = { name: 'system' as const, now: () => Number(process.hrtime.bigint()) / 1e9 };

function write({ memory, size, records }: Extract<ThreadSetup, { kind: 'writer' }>): void {
  const writer = new RecordWriter(memory, 0, size);
  for (let k = 1; k <= records; k++) {
    writer.values.fill(k);
    writer.publish();
  }
}

function supervise({ shared, deadline }: Extract<ThreadSetup, { kind: 'supervisor' }>): void {
  const { model, kinematics } = armModel(armUrdf());
  const { watchdog } = DEFAULT_SAFETY;
  const silence = { deadline, reaction: 'hold', from: 'start' } as const;
  const config: SafetyConfig = {
    ...DEFAULT_SAFETY,
    // A test machine may pause for longer than a robot's computer may.
    watchdog: {
      ...watchdog,
      command: silence,
      heartbeats: { ...watchdog.heartbeats, loop: silence },
      clock: { ...watchdog.clock, maximumStep: 60, ahead: 60 },
      streams: { '*': { deadline: 60, lost: 'report', frozen: null, bad: { samples: 5, reaction: 'hold' } } },
    },
    filter: { ...DEFAULT_SAFETY.filter, age: { maximum: 60, future: 60 } },
  };
  const streams: readonly SignalSpec[] = ROBOT_SPEC.streams.filter(({ name }) => name === 'joints');
  const names = kinematics.jointNames;
  const supervisor = new Supervisor({ names, streams, model, kinematics, config, period: 0.002 });
  const host = new SupervisorHost(supervisor, shared, monotonic);
  const random = new Random(1, 'encoders');
  const sleepCell = new Int32Array(new SharedArrayBuffer(4));
  while (supervisor.state !== 'hold') {
    const now = monotonic.now();
    const position = Float64Array.from([...HOME_JOINTS_RAD, 0.04, 0.04], (q) => q + random.normal(0, 5e-5));
    const value = { names: streams[0].names!, position, velocity: new Float64Array(9) };
    supervisor.acceptSample('joints', { value, stamp: now, received: now }, now);
    host.tick();
    Atomics.wait(sleepCell, 0, 0, 2);
  }
  parentPort!.postMessage([...supervisor.log]);
}

const setup = workerData as ThreadSetup;
if (setup.kind === 'writer') write(setup);
else supervise(setup);
