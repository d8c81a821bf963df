import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poseDistance } from '../math/pose.ts';
import { HOME_JOINTS_RAD, sevenJointArm } from '../testing/serial-arm.ts';
import { jointsAlong } from './joints-along.ts';

const ARM = sevenJointArm();
const small = fc.double({ min: -0.1, max: 0.1, noNaN: true });

describe('jointsAlong', () => {
  it('reaches every pose of a path, in small steps from one to the next', () => {
    fc.assert(
      fc.property(fc.array(small, { minLength: 7, maxLength: 7 }), (change) => {
        const rows = 8;
        const poses = new Float64Array(7 * rows);
        for (let k = 0; k < rows; k++) {
          const share = (k + 1) / rows;
          ARM.forward(
            HOME_JOINTS_RAD.map((q, i) => q + share * change[i]),
            poses.subarray(7 * k, 7 * k + 7),
          );
        }
        const joints = jointsAlong(ARM, poses, HOME_JOINTS_RAD);
        const at = new Float64Array(7);
        let last: Float64Array = HOME_JOINTS_RAD;
        for (let k = 0; k < rows; k++) {
          const row = joints.subarray(7 * k, 7 * k + 7);
          ARM.forward(row, at);
          const { metres, radians } = poseDistance(poses.subarray(7 * k, 7 * k + 7), at);
          expect(metres).toBeLessThan(2e-5);
          expect(radians).toBeLessThan(2e-4);
          for (let i = 0; i < 7; i++) expect(Math.abs(row[i] - last[i])).toBeLessThan(0.1);
          last = row;
        }
      }),
      { numRuns: 30 },
    );
  });

  it('stays within the limits of the joints for a pose out of reach', () => {
    const far = Float64Array.of(3, 0, 1, 0, 0, 0, 1);
    const joints = jointsAlong(ARM, far, HOME_JOINTS_RAD);
    for (let i = 0; i < 7; i++) {
      expect(joints[i]).toBeGreaterThanOrEqual(ARM.lower[i]);
      expect(joints[i]).toBeLessThanOrEqual(ARM.upper[i]);
    }
  });
});
