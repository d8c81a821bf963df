/**
 * Poses `[x, y, z, qx, qy, qz, qw]`: m, and a unit quaternion. Offsets say where in a longer array the numbers begin.
 */
import { conjugate, multiply, type Numbers, type Out, rotate, toRotationVector } from './quaternion.ts';

const inverse = new Float64Array(4);
const difference = new Float64Array(6);

/** Length of three entries of a vector. */
export function length3(v: Numbers, offset = 0): number {
  return Math.sqrt(v[offset] * v[offset] + v[offset + 1] * v[offset + 1] + v[offset + 2] * v[offset + 2]);
}

/**
 * Rotation vector (rad, base axes, length 0..pi) that takes the orientation of pose `from` to that of pose `to`.
 * @param out receives 3 numbers from `outOffset` on.
 */
export function rotationBetween(from: Numbers, to: Numbers, out: Out, outOffset = 0): void {
  conjugate(from, inverse, 3);
  multiply(to, inverse, inverse, 3);
  toRotationVector(inverse, out, 0, outOffset);
}

/** Twist that takes pose `at` to pose `target` in unit time: `[x, y, z, rx, ry, rz]` (m, rad) along the base axes. */
export function poseError(target: Numbers, at: Numbers, out: Out): void {
  out[0] = target[0] - at[0];
  out[1] = target[1] - at[1];
  out[2] = target[2] - at[2];
  rotationBetween(at, target, out, 3);
}

/** How far apart two poses are. */
export interface PoseDistance {
  /** Between the positions. */
  readonly metres: number;
  /** Of the shorter rotation between the orientations, 0..pi. */
  readonly radians: number;
}

/** How far apart two poses are, position and orientation apart from each other. */
export function poseDistance(from: Numbers, to: Numbers): PoseDistance {
  poseError(to, from, difference);
  return { metres: length3(difference, 0), radians: length3(difference, 3) };
}

/** out = a b: the pose of a frame given as `b` in the frame whose pose is `a`. `out` may be `a`; it must not overlap `b`. */
export function composePose(a: Numbers, b: Numbers, out: Out, aOffset = 0, bOffset = 0, outOffset = 0): void {
  const x = a[aOffset];
  const y = a[aOffset + 1];
  const z = a[aOffset + 2];
  rotate(a, b, out, aOffset + 3, bOffset, outOffset);
  // With out = a only the place is overwritten so far, and it was saved.
  multiply(a, b, out, aOffset + 3, bOffset + 3, outOffset + 3);
  out[outOffset] += x;
  out[outOffset + 1] += y;
  out[outOffset + 2] += z;
}

/** out = a^-1 b: the pose of frame `b` in frame `a`, both given in the same parent. `out` must be neither. */
export function relativePose(a: Numbers, b: Numbers, out: Out): void {
  for (let i = 0; i < 3; i++) difference[i] = b[i] - a[i];
  conjugate(a, inverse, 3);
  rotate(inverse, difference, out);
  multiply(inverse, b, out, 0, 3, 3);
}
