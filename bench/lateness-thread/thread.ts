import { readlinkSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { Random, type SignalSpec } from '@praxis/core';
import { Supervisor } from '@praxis/safety';
import { armModel, SIM_SAFETY } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { ROBOT_SPEC } from '../../sim/src/robot/arm.ts';
import { HOME_JOINTS_RAD } from '../../sim/src/robot/praxis-arm.ts';

/** Period of the layer that holds and protects (s): 500 Hz. */
const PERIOD_S = 0.002;

const now = (): number => performance.now() / 1000;
const { model, kinematics } = armModel(armUrdf());
const streams: readonly SignalSpec[] = ROBOT_SPEC.streams.filter(({ name }) => name === 'joints');
const names = streams[0].names!;
const supervisor = new Supervisor({
  ...{ names: kinematics.jointNames, streams, model, kinematics, period: PERIOD_S },
  config: SIM_SAFETY,
});
const random = new Random(1, 'encoders');
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Runs the supervisor of an arm that stands at home for some seconds. @returns how late each period began (ms) */
function run(seconds: number): readonly number[] {
  const late: number[] = [];
  const start = now();
  for (let n = 1; n * PERIOD_S < seconds; n++) {
    const due = start + n * PERIOD_S;
    const rest = due - now();
    if (rest > 0) Atomics.wait(sleeper, 0, 0, 1000 * rest);
    const begun = now();
    late.push(1000 * (begun - due));
    const position = Float64Array.from([...HOME_JOINTS_RAD, 0.04, 0.04], (q) => q + random.normal(0, 5e-5));
    const value = { names, position, velocity: new Float64Array(names.length) };
    supervisor.acceptSample('joints', { value, stamp: begun, received: begun }, begun);
    supervisor.tick(begun);
  }
  return late;
}

parentPort!.on('message', (seconds: number) => parentPort!.postMessage(run(seconds)));
parentPort!.postMessage(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
