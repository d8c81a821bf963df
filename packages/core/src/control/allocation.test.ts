import { Session } from 'node:inspector/promises';
import { describe, expect, it } from 'vitest';
import type { Kinematics } from '../ports/kinematics.ts';
import { ControlledArm } from '../testing/controlled-arm.ts';

/** A call in the profile of the sampling heap profiler. */
interface ProfileNode {
  readonly callFrame: { readonly url: string };
  readonly selfSize: number;
  readonly children: readonly ProfileNode[];
}

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

/** Bytes allocated by the controller, by this file (into which V8 may inline it) and by V8 on its behalf. */
function allocatedBytes({ callFrame: { url }, selfSize, children }: ProfileNode, inside = false): number {
  const ours = url === '' ? inside : /\/core\/src\//.test(url);
  return (ours ? selfSize : 0) + children.reduce((sum, child) => sum + allocatedBytes(child, ours), 0);
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
    await post('HeapProfiler.startSampling', {
      samplingInterval: 512,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    run(50_000);
    const { profile } = (await post('HeapProfiler.stopSampling')) as { profile: { head: ProfileNode } };
    session.disconnect();
    // V8 boxes a few numbers of 12 to 16 bytes passed to functions; an array of three numbers would add 200.
    expect(allocatedBytes(profile.head) / 50_000).toBeLessThan(160);
  });
});
