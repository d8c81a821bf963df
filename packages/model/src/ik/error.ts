import { quaternion } from '@praxis/core';

const difference = new Float64Array(4);
const inverse = new Float64Array(4);

/** Twist that takes pose `at` to pose `target` in unit time: `[x, y, z, rx, ry, rz]` (m, rad) in the base frame. */
export function poseError(target: Float64Array, at: Float64Array, out: Float64Array): void {
  out[0] = target[0] - at[0];
  out[1] = target[1] - at[1];
  out[2] = target[2] - at[2];
  quaternion.conjugate(at, inverse, 3);
  quaternion.multiply(target, inverse, difference, 3);
  quaternion.toRotationVector(difference, out, 0, 3);
}

/** Length of three entries of a vector. */
export function length3(v: Float64Array, offset: number): number {
  return Math.sqrt(v[offset] * v[offset] + v[offset + 1] * v[offset + 1] + v[offset + 2] * v[offset + 2]);
}
