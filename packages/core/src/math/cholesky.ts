/**
 * Computes the Cholesky factor L of a symmetric positive definite A = L L^T in place. Allocates nothing.
 * @param a n x n row-major. Only the lower triangle is read; the factor overwrites it.
 * @returns false if A is not positive definite to within rounding; the factor then has numbers that are not finite.
 */
export function factorizeCholesky(a: Float64Array, n: number): boolean {
  let positive = true;
  for (let r = 0; r < n; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = a[r * n + c];
      for (let k = 0; k < c; k++) sum -= a[r * n + k] * a[c * n + k];
      if (r === c && !(sum > 0)) positive = false;
      a[r * n + c] = r === c ? Math.sqrt(sum) : sum / a[c * n + c];
    }
  }
  return positive;
}

/**
 * Solves A x = b in place by forward and back substitution. Allocates nothing.
 * @param factor factor of A from {@link factorizeCholesky}, n x n
 * @param b right-hand side, n numbers; x overwrites it
 */
export function substituteCholesky(factor: Float64Array, b: Float64Array, n: number): void {
  for (let r = 0; r < n; r++) {
    let sum = b[r];
    for (let k = 0; k < r; k++) sum -= factor[r * n + k] * b[k];
    b[r] = sum / factor[r * n + r];
  }
  for (let r = n - 1; r >= 0; r--) {
    let sum = b[r];
    for (let k = r + 1; k < n; k++) sum -= factor[k * n + r] * b[k];
    b[r] = sum / factor[r * n + r];
  }
}
