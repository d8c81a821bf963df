/**
 * Poses `[x, y, z, qx, qy, qz, qw]`: position (m) and unit quaternion. An offset is the index of the first number in a
 * longer array.
 */
import { conjugate, multiply, type Numbers, type Out, rotate, toRotationVector } from './quaternion.ts';

/** Numbers of a pose `[x, y, z, qx, qy, qz, qw]`. */
export const POSE_SIZE = 7;

const inverse = new Float64Array(4);
const difference = new Float64Array(6);

/** Euclidean length of the three numbers from `offset` on. */
export function length3(v: Numbers, offset = 0): number {
  return Math.sqrt(v[offset] * v[offset] + v[offset + 1] * v[offset + 1] + v[offset + 2] * v[offset + 2]);
}

/**
 * Rotation vector (rad, base axes, length 0..pi) from the orientation of pose `from` to that of pose `to`.
 * @param out receives 3 numbers from `outOffset` on
 */
export function rotationBetween(from: Numbers, to: Numbers, out: Out, outOffset = 0): void {
  conjugate(from, inverse, 3);
  multiply(to, inverse, inverse, 3);
  toRotationVector(inverse, out, 0, outOffset);
}

/** Twist from pose `at` to pose `target` in unit time: `[x, y, z, rx, ry, rz]` (m, rad), base axes. */
export function poseError(target: Numbers, at: Numbers, out: Out): void {
  out[0] = target[0] - at[0];
  out[1] = target[1] - at[1];
  out[2] = target[2] - at[2];
  rotationBetween(at, target, out, 3);
}

/** Distance of two poses. */
export interface PoseDistance {
  /** Distance of the positions (m). */
  readonly metres: number;
  /** Angle of the shorter rotation between the orientations (rad), 0..pi. */
  readonly radians: number;
}

/** Distance of two poses, with position and orientation separate. */
export function poseDistance(from: Numbers, to: Numbers): PoseDistance {
  poseError(to, from, difference);
  return { metres: length3(difference, 0), radians: length3(difference, 3) };
}

/**
 * Composes two poses: `a` is a frame's pose, `b` a pose in that frame, and `out` is `b` in the parent of `a`. `out` may
 * be `a` but must not overlap `b`.
 */
export function composePose(a: Numbers, b: Numbers, out: Out, aOffset = 0, bOffset = 0, outOffset = 0): void {
  const x = a[aOffset];
  const y = a[aOffset + 1];
  const z = a[aOffset + 2];
  rotate(a, b, out, aOffset + 3, bOffset, outOffset);
  // If `out` is `a`, only its position is overwritten so far, and x, y, z hold a copy.
  multiply(a, b, out, aOffset + 3, bOffset + 3, outOffset + 3);
  out[outOffset] += x;
  out[outOffset + 1] += y;
  out[outOffset + 2] += z;
}

/** The pose of frame `b` in frame `a`; both are given in the same parent. `out` must be neither. */
export function relativePose(a: Numbers, b: Numbers, out: Out): void {
  for (let i = 0; i < 3; i++) difference[i] = b[i] - a[i];
  conjugate(a, inverse, 3);
  rotate(inverse, difference, out);
  multiply(inverse, b, out, 0, 3, 3);
}

/** Returns the pose of frame `b` in frame `a`; both are given in the same parent. */
export function poseInFrame(a: Numbers, b: Numbers): Float64Array {
  const out = new Float64Array(POSE_SIZE);
  relativePose(a, b, out);
  return out;
}
