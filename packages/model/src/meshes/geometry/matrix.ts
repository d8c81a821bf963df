import { quaternion } from '@praxis/core';

/** An affine transform: 16 numbers row by row, the last row 0 0 0 1. */
export type Matrix4 = readonly number[];

export const IDENTITY: Matrix4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** The transform that applies `b`, then `a`. */
export function multiplyMatrices(a: Matrix4, b: Matrix4): Matrix4 {
  const out = new Array<number>(16).fill(0);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      for (let k = 0; k < 4; k++) out[4 * row + column] += a[4 * row + k] * b[4 * k + column];
    }
  }
  return out;
}

export const translation = (x: number, y: number, z: number): Matrix4 => [
  1,
  0,
  0,
  x,
  0,
  1,
  0,
  y,
  0,
  0,
  1,
  z,
  0,
  0,
  0,
  1,
];

export const scaling = (x: number, y: number, z: number): Matrix4 => [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1];

/** The rotation of a unit quaternion x, y, z, w. */
export function rotation(q: readonly number[]): Matrix4 {
  const r = new Float64Array(9);
  quaternion.toMatrix(q, r);
  return [r[0], r[1], r[2], 0, r[3], r[4], r[5], 0, r[6], r[7], r[8], 0, 0, 0, 0, 1];
}

/** The rotation by an angle (rad) about an axis, which need not have length 1. */
export function rotationAbout(x: number, y: number, z: number, angle: number): Matrix4 {
  const length = Math.hypot(x, y, z);
  if (length === 0) return IDENTITY;
  const q = [0, 0, 0, 1];
  quaternion.fromRotationVector(
    [x, y, z].map((each) => (each * angle) / length),
    q,
  );
  return rotation(q);
}

/** True if the transform turns a right hand into a left one. */
export const isMirror = (m: Matrix4): boolean =>
  m[0] * (m[5] * m[10] - m[6] * m[9]) - m[1] * (m[4] * m[10] - m[6] * m[8]) + m[2] * (m[4] * m[9] - m[5] * m[8]) < 0;

/** Writes the image of the point at `from` to `out`. */
export function transformPoint(
  m: Matrix4,
  points: ArrayLike<number>,
  from: number,
  out: { [index: number]: number },
  at: number,
): void {
  const x = points[from];
  const y = points[from + 1];
  const z = points[from + 2];
  for (let row = 0; row < 3; row++) {
    out[at + row] = m[4 * row] * x + m[4 * row + 1] * y + m[4 * row + 2] * z + m[4 * row + 3];
  }
}
