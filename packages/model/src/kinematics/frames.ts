import { type Pose, quaternion } from '@praxis/core';
import type { Joint, Origin } from '../robot-model.ts';

/** A pose `[x, y, z, qx, qy, qz, qw]` takes 7 places of an array. */
export const POSE = 7;

export const identityPose = (): Pose => new Float64Array([0, 0, 0, 0, 0, 0, 1]);

/** out = a b: the pose of what lies at `b` in the frame that lies at `a`. `out` may be `a`; it must not overlap `b`. */
export function compose(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  aOffset = 0,
  bOffset = 0,
  outOffset = 0,
): void {
  const x = a[aOffset];
  const y = a[aOffset + 1];
  const z = a[aOffset + 2];
  quaternion.rotate(a, b, out, aOffset + 3, bOffset, outOffset);
  // With out = a only the place is overwritten so far, and it was saved.
  quaternion.multiply(a, b, out, aOffset + 3, bOffset + 3, outOffset + 3);
  out[outOffset] += x;
  out[outOffset + 1] += y;
  out[outOffset + 2] += z;
}

export function writeOrigin(origin: Origin, out: Float64Array, offset = 0): void {
  out.set(origin.xyz, offset);
  out.set(origin.quaternion, offset + 3);
}

/** How many numbers say where a joint stands: x, y, angle of a planar one, a pose of a floating one. */
export const COORDINATES: Readonly<Record<Joint['type'], number>> = {
  fixed: 0,
  revolute: 1,
  continuous: 1,
  prismatic: 1,
  planar: 3,
  floating: POSE,
};
