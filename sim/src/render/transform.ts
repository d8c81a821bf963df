// 3 x 3 matrices are row-major. `out` must not be one of the arguments.

/** Computes out = a b. */
export function multiply3(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let row = 0; row < 9; row += 3) {
    for (let column = 0; column < 3; column++) {
      out[row + column] = a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6];
    }
  }
}

/** Computes out = transpose(a) b. */
export function multiplyTransposed3(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      out[3 * row + column] = a[row] * b[column] + a[row + 3] * b[column + 3] + a[row + 6] * b[column + 6];
    }
  }
}

/** Computes out = m v in the first three elements of `out`. */
export function rotate3(m: Float64Array, v: Float64Array, out: Float64Array): void {
  for (let row = 0; row < 3; row++) out[row] = m[3 * row] * v[0] + m[3 * row + 1] * v[1] + m[3 * row + 2] * v[2];
}
