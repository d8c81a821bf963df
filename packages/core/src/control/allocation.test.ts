import { Session } from 'node:inspector/promises';
import { describe, expect, it } from 'vitest';
import type { Kinematics } from '../ports/kinematics.ts';
import { ControlledArm } from '../testing/controlled-arm.ts';

/** A call in the profile of the sampling heap profiler. */
interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly url: string };
  readonly children: readonly ProfileNode[];
}

interface Profile {
  readonly head: ProfileNode;
  readonly samples: readonly { readonly nodeId: number; readonly size: number }[];
}

/** Size of a boxed number (bytes). V8 may box numbers, more of them after other tests in the same process; a larger allocation is an object. */
const BOXED_NUMBER = 16;
const TICKS = 500;

const JOINT_COUNT = 7;
const JACOBIAN = Float64Array.from({ length: 6 * JOINT_COUNT }, (_, i) => ((i * 37) % 11) / 11 - 0.4);

/** Kinematics in which the tool moves linearly with the joints; they allocate nothing. */
const kinematics: Kinematics = {
  jointNames: Array.from({ length: JOINT_COUNT }, (_, i) => `joint${i + 1}`),
  lower: new Float64Array(JOINT_COUNT).fill(-9),
  upper: new Float64Array(JOINT_COUNT).fill(9),
  maxVelocity: new Float64Array(JOINT_COUNT).fill(3),
  forward(joints, out) {
    for (let r = 0; r < 6; r++) out[r] = 0;
    out[6] = 1;
    for (let r = 0; r < 3; r++)
      for (let i = 0; i < JOINT_COUNT; i++) out[r] += JACOBIAN[r * JOINT_COUNT + i] * joints[i];
  },
  jacobian(_, out) {
    out.set(JACOBIAN);
  },
};

/** Calls of the controller, of this file (into which V8 may inline it) and of V8 on its behalf. */
function* ours({ id, callFrame: { url }, children }: ProfileNode, inside = false): Generator<number> {
  const here = url === '' ? inside : /\/core\/src\//.test(url);
  if (here) yield id;
  for (const child of children) yield* ours(child, here);
}

/** Number of objects that the controller allocated, boxed numbers aside. */
function objects({ head, samples }: Profile): number {
  const calls = new Set(ours(head));
  return samples.filter(({ nodeId, size }) => size > BOXED_NUMBER && calls.has(nodeId)).length;
}

describe('EndEffectorController', () => {
  it('allocates no object and no array per tick', async () => {
    const goal = new Float64Array(8);
    goal[6] = 1;
    const scheduler = {
      addChunk() {},
      reset() {},
      sample(_: number, out: Float64Array) {
        for (let i = 0; i < 8; i++) out[i] = goal[i];
        return true;
      },
    };
    const controller = new ControlledArm(kinematics, scheduler);
    controller.begin(new Float64Array(JOINT_COUNT), 0, 0);
    controller.setAdmittance({ mass: 1, damping: 10, stiffness: 100, axes: ['x'] });
    const contact = new Float64Array(6);
    let tick = 0;
    const run = (count: number) => {
      for (let i = 0; i < count; i++) {
        goal[0] = 0.3 + 0.1 * ((i % 1000) / 1000);
        controller.step(++tick * 0.002, contact);
      }
    };
    run(100_000);
    const session = new Session();
    session.connect();
    const post = (method: string, options?: object): Promise<unknown> =>
      session.post(method as never, options as never);
    // The minimum of several measurements: V8 allocates objects while it optimises code.
    let least = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 4; turn++) {
      await post('HeapProfiler.startSampling', {
        samplingInterval: 1, // every object, at its own size
        includeObjectsCollectedByMajorGC: true,
        includeObjectsCollectedByMinorGC: true,
      });
      run(TICKS);
      const { profile } = (await post('HeapProfiler.stopSampling')) as { profile: Profile };
      least = Math.min(least, objects(profile) / TICKS);
    }
    session.disconnect();
    expect(least).toBeLessThan(0.1);
  });
});
