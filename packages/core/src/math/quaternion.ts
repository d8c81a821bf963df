/**
 * Unit quaternions in the order x, y, z, w (as in ROS), with the Hamilton product. Rotation vectors are in rad. Each
 * function writes into `out`, which may be an input, and allocates nothing. An offset is the index of the first number
 * in a longer array.
 */
import { atan2 } from './inverse.ts';
import { cos, sin } from './trigonometry.ts';

/** Numbers to read: a plain or a typed array. */
export type Numbers = ArrayLike<number>;
/** Numbers to write: a plain or a typed array. */
export type Out = { [index: number]: number };

/** Computes out = a b: the rotation b followed by the rotation a. */
export function multiply(a: Numbers, b: Numbers, out: Out, aOffset = 0, bOffset = 0, outOffset = 0): void {
  const ax = a[aOffset];
  const ay = a[aOffset + 1];
  const az = a[aOffset + 2];
  const aw = a[aOffset + 3];
  const bx = b[bOffset];
  const by = b[bOffset + 1];
  const bz = b[bOffset + 2];
  const bw = b[bOffset + 3];
  out[outOffset] = aw * bx + ax * bw + ay * bz - az * by;
  out[outOffset + 1] = aw * by - ax * bz + ay * bw + az * bx;
  out[outOffset + 2] = aw * bz + ax * by - ay * bx + az * bw;
  out[outOffset + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

/** Computes the conjugate, which is the inverse of a unit quaternion. */
export function conjugate(q: Numbers, out: Out, qOffset = 0, outOffset = 0): void {
  out[outOffset] = -q[qOffset];
  out[outOffset + 1] = -q[qOffset + 1];
  out[outOffset + 2] = -q[qOffset + 2];
  out[outOffset + 3] = q[qOffset + 3];
}

/** Scales a quaternion to length 1. A quaternion of length 0 becomes the identity. */
export function normalise(q: Numbers, out: Out, qOffset = 0, outOffset = 0): void {
  const x = q[qOffset];
  const y = q[qOffset + 1];
  const z = q[qOffset + 2];
  const w = q[qOffset + 3];
  const length = Math.sqrt(x * x + y * y + z * z + w * w);
  const scale = length > 0 ? 1 / length : 0;
  out[outOffset] = x * scale;
  out[outOffset + 1] = y * scale;
  out[outOffset + 2] = z * scale;
  out[outOffset + 3] = length > 0 ? w * scale : 1;
}

/** Computes the quaternion of a rotation vector (rad). */
export function fromRotationVector(v: Numbers, out: Out, vOffset = 0, outOffset = 0): void {
  const x = v[vOffset];
  const y = v[vOffset + 1];
  const z = v[vOffset + 2];
  const angle = Math.sqrt(x * x + y * y + z * z);
  const scale = angle < 1e-8 ? 0.5 : sin(0.5 * angle) / angle;
  out[outOffset] = x * scale;
  out[outOffset + 1] = y * scale;
  out[outOffset + 2] = z * scale;
  out[outOffset + 3] = cos(0.5 * angle);
}

/** Computes the rotation vector of the shorter rotation (rad), length 0..pi. */
export function toRotationVector(q: Numbers, out: Out, qOffset = 0, outOffset = 0): void {
  const sign = q[qOffset + 3] < 0 ? -1 : 1;
  const x = q[qOffset] * sign;
  const y = q[qOffset + 1] * sign;
  const z = q[qOffset + 2] * sign;
  const w = q[qOffset + 3] * sign;
  const s = Math.sqrt(x * x + y * y + z * z);
  const scale = s < 1e-12 ? 2 : (2 * atan2(s, w)) / s;
  out[outOffset] = x * scale;
  out[outOffset + 1] = y * scale;
  out[outOffset + 2] = z * scale;
}

/** Rotates the vector `v` by `q`. */
export function rotate(q: Numbers, v: Numbers, out: Out, qOffset = 0, vOffset = 0, outOffset = 0): void {
  const x = q[qOffset];
  const y = q[qOffset + 1];
  const z = q[qOffset + 2];
  const w = q[qOffset + 3];
  const vx = v[vOffset];
  const vy = v[vOffset + 1];
  const vz = v[vOffset + 2];
  const tx = 2 * (y * vz - z * vy);
  const ty = 2 * (z * vx - x * vz);
  const tz = 2 * (x * vy - y * vx);
  out[outOffset] = vx + w * tx + y * tz - z * ty;
  out[outOffset + 1] = vy + w * ty + z * tx - x * tz;
  out[outOffset + 2] = vz + w * tz + x * ty - y * tx;
}

/** Rotates the vector `v` by the inverse of `q`. */
export function rotateInverse(q: Numbers, v: Numbers, out: Out, qOffset = 0, vOffset = 0, outOffset = 0): void {
  const x = -q[qOffset];
  const y = -q[qOffset + 1];
  const z = -q[qOffset + 2];
  const w = q[qOffset + 3];
  const vx = v[vOffset];
  const vy = v[vOffset + 1];
  const vz = v[vOffset + 2];
  const tx = 2 * (y * vz - z * vy);
  const ty = 2 * (z * vx - x * vz);
  const tz = 2 * (x * vy - y * vx);
  out[outOffset] = vx + w * tx + y * tz - z * ty;
  out[outOffset + 1] = vy + w * ty + z * tx - x * tz;
  out[outOffset + 2] = vz + w * tz + x * ty - y * tx;
}

/** Interpolates along the shorter rotation at constant angular speed: a at t = 0, b at t = 1 (Shoemake 1985). */
export function slerp(a: Numbers, b: Numbers, t: number, out: Out, aOffset = 0, bOffset = 0, outOffset = 0): void {
  const dot =
    a[aOffset] * b[bOffset] +
    a[aOffset + 1] * b[bOffset + 1] +
    a[aOffset + 2] * b[bOffset + 2] +
    a[aOffset + 3] * b[bOffset + 3];
  const sign = dot < 0 ? -1 : 1;
  const cosine = Math.min(1, dot * sign);
  let fromA = 1 - t;
  let fromB = t;
  // Below about 0.06 degrees the chord equals the arc, and the formula would divide by almost 0.
  if (cosine < 1 - 1e-6) {
    const sine = Math.sqrt(1 - cosine * cosine);
    const angle = atan2(sine, cosine);
    fromA = sin((1 - t) * angle) / sine;
    fromB = sin(t * angle) / sine;
  }
  fromB *= sign;
  for (let i = 0; i < 4; i++) out[outOffset + i] = fromA * a[aOffset + i] + fromB * b[bOffset + i];
  normalise(out as unknown as Numbers, out, outOffset, outOffset);
}

/** Computes the rotation matrix, 9 numbers row-major. */
export function toMatrix(q: Numbers, out: Out, qOffset = 0, outOffset = 0): void {
  const x = q[qOffset];
  const y = q[qOffset + 1];
  const z = q[qOffset + 2];
  const w = q[qOffset + 3];
  out[outOffset] = 1 - 2 * (y * y + z * z);
  out[outOffset + 1] = 2 * (x * y - w * z);
  out[outOffset + 2] = 2 * (x * z + w * y);
  out[outOffset + 3] = 2 * (x * y + w * z);
  out[outOffset + 4] = 1 - 2 * (x * x + z * z);
  out[outOffset + 5] = 2 * (y * z - w * x);
  out[outOffset + 6] = 2 * (x * z - w * y);
  out[outOffset + 7] = 2 * (y * z + w * x);
  out[outOffset + 8] = 1 - 2 * (x * x + y * y);
}

/**
 * Computes the unit quaternion with w >= 0 of a rotation matrix (9 numbers row-major) from its largest diagonal term
 * (Shepperd 1978).
 */
export function fromMatrix(m: Numbers, out: Out, mOffset = 0, outOffset = 0): void {
  const xx = m[mOffset];
  const yy = m[mOffset + 4];
  const zz = m[mOffset + 8];
  let x = 1 + xx - yy - zz;
  let y = 1 - xx + yy - zz;
  let z = 1 - xx - yy + zz;
  let w = 1 + xx + yy + zz;
  const xy = m[mOffset + 1] + m[mOffset + 3];
  const xz = m[mOffset + 2] + m[mOffset + 6];
  const yz = m[mOffset + 5] + m[mOffset + 7];
  const wx = m[mOffset + 7] - m[mOffset + 5];
  const wy = m[mOffset + 2] - m[mOffset + 6];
  const wz = m[mOffset + 3] - m[mOffset + 1];
  if (w >= x && w >= y && w >= z) [x, y, z] = [wx, wy, wz];
  else if (x >= y && x >= z) [y, z, w] = [xy, xz, wx];
  else if (y >= z) [x, z, w] = [xy, yz, wy];
  else [x, y, w] = [xz, yz, wz];
  const sign = w < 0 ? -1 : 1;
  out[outOffset] = x * sign;
  out[outOffset + 1] = y * sign;
  out[outOffset + 2] = z * sign;
  out[outOffset + 3] = w * sign;
  normalise(out as unknown as Numbers, out, outOffset, outOffset);
}
