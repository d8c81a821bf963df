/**
 * The damped pseudo-inverse J^T (J J^T + damping I)^-1 of a Jacobian, restricted to the free joints (Nakamura and
 * Hanafusa 1986). It allocates nothing after its construction.
 *
 * It has two users, which treat joint limits and the posture differently: `DifferentialIk` runs once a control period,
 * and `solveIk` of `@praxis/model` iterates to a pose.
 */
export class DampedLeastSquares {
  readonly #rows: number;
  readonly #columns: number;
  readonly #normal: Float64Array;

  /**
   * @param rows dimension of the task, 6 for a pose
   * @param columns number of joints
   */
  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#normal = new Float64Array(rows * rows);
  }

  /**
   * Factorizes J J^T + damping I over the free columns.
   * @param jacobian rows x columns, row-major; only the first `rows` rows are read
   * @param free 1 for a free joint, 0 for a held one
   * @returns false when the matrix is not positive definite, as with damping 0 at a singular pose.
   */
  factorize(jacobian: Float64Array, free: Uint8Array, damping: number): boolean {
    const m = this.#rows;
    const n = this.#columns;
    const normal = this.#normal;
    for (let r = 0; r < m; r++) {
      for (let c = 0; c <= r; c++) {
        // Stored in the array first: V8 would box a sum that starts from an argument in one branch and from a constant
        // in the other.
        normal[r * m + c] = r === c ? damping : 0;
        let sum = normal[r * m + c];
        for (let i = 0; i < n; i++) if (free[i] === 1) sum += jacobian[r * n + i] * jacobian[c * n + i];
        normal[r * m + c] = sum;
      }
    }
    return factorizeCholesky(normal, m);
  }

  /** Solves (J J^T + damping I) x = right in place with the last factor. */
  solve(right: Float64Array): void {
    substituteCholesky(this.#normal, right, this.#rows);
  }

  /** Adds J^T right to `out` for the free joints. */
  addTransposed(jacobian: Float64Array, right: Float64Array, free: Uint8Array, out: Float64Array): void {
    const m = this.#rows;
    const n = this.#columns;
    for (let i = 0; i < n; i++) {
      if (free[i] === 0) continue;
      for (let r = 0; r < m; r++) out[i] += jacobian[r * n + i] * right[r];
    }
  }
}

/**
 * Computes the Cholesky factor L of a symmetric positive definite A = L L^T in place. Allocates nothing.
 * @param a n x n row-major. Only the lower triangle is read; the factor overwrites it.
 * @returns false when A is not positive definite to within rounding; the factor then has numbers that are not finite.
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
