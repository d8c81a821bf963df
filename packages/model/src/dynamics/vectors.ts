/**
 * Operations on vectors of 3 numbers and row-major rotation matrices of 9 numbers at an index of a longer array. They
 * allocate nothing.
 */

/** out = R v. `out` must not be `v`. */
export function rotate(
  r: Float64Array,
  rAt: number,
  v: Float64Array,
  vAt: number,
  out: Float64Array,
  at: number,
): void {
  for (let i = 0; i < 3; i++) {
    const row = rAt + 3 * i;
    out[at + i] = r[row] * v[vAt] + r[row + 1] * v[vAt + 1] + r[row + 2] * v[vAt + 2];
  }
}

/** out = R^T v. `out` must not be `v`. */
export function rotateTransposed(
  r: Float64Array,
  rAt: number,
  v: Float64Array,
  vAt: number,
  out: Float64Array,
  at: number,
): void {
  for (let i = 0; i < 3; i++) {
    out[at + i] = r[rAt + i] * v[vAt] + r[rAt + 3 + i] * v[vAt + 1] + r[rAt + 6 + i] * v[vAt + 2];
  }
}

/** out += a x b. `out` must be neither. */
export function addCross(
  a: Float64Array,
  aAt: number,
  b: Float64Array,
  bAt: number,
  out: Float64Array,
  at: number,
): void {
  out[at] += a[aAt + 1] * b[bAt + 2] - a[aAt + 2] * b[bAt + 1];
  out[at + 1] += a[aAt + 2] * b[bAt] - a[aAt] * b[bAt + 2];
  out[at + 2] += a[aAt] * b[bAt + 1] - a[aAt + 1] * b[bAt];
}

/** Scalar product a . b. */
export const dot = (a: Float64Array, aAt: number, b: Float64Array, bAt: number): number =>
  a[aAt] * b[bAt] + a[aAt + 1] * b[bAt + 1] + a[aAt + 2] * b[bAt + 2];

/** Scalar triple product (a x b) . c. */
export const tripleProduct = (
  a: Float64Array,
  aAt: number,
  b: Float64Array,
  bAt: number,
  c: Float64Array,
  cAt: number,
): number =>
  (a[aAt + 1] * b[bAt + 2] - a[aAt + 2] * b[bAt + 1]) * c[cAt] +
  (a[aAt + 2] * b[bAt] - a[aAt] * b[bAt + 2]) * c[cAt + 1] +
  (a[aAt] * b[bAt + 1] - a[aAt + 1] * b[bAt]) * c[cAt + 2];

/** out += S v for a symmetric S, `[xx, xy, xz, yy, yz, zz]`. `out` must not be `v`. */
export function addSymmetric(
  s: Float64Array,
  sAt: number,
  v: Float64Array,
  vAt: number,
  out: Float64Array,
  at: number,
): void {
  const x = v[vAt];
  const y = v[vAt + 1];
  const z = v[vAt + 2];
  out[at] += s[sAt] * x + s[sAt + 1] * y + s[sAt + 2] * z;
  out[at + 1] += s[sAt + 1] * x + s[sAt + 3] * y + s[sAt + 4] * z;
  out[at + 2] += s[sAt + 2] * x + s[sAt + 4] * y + s[sAt + 5] * z;
}
