import { factorizeCholesky, substituteCholesky } from './cholesky.ts';

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
   * @returns false if the matrix is not positive definite, as with damping 0 at a singular pose.
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
