import { DampedLeastSquares } from '@praxis/core';

/**
 * One damped-least-squares step within joint limits, with a secondary step in the null space:
 *
 * dq = dq0 + J^T (J J^T + damping I)^-1 (e - J dq0)
 *
 * where dq0 is the secondary step. A joint that would pass its limit stops there and leaves the problem, and the others
 * compensate for it if possible (saturation in the null space: Flacco, De Luca and Khatib 2012).
 */
export class DampedStep {
  readonly #rows: number;
  readonly #columns: number;
  readonly #leastSquares: DampedLeastSquares;
  readonly #residual: Float64Array;
  readonly #free: Uint8Array;

  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#leastSquares = new DampedLeastSquares(rows, columns);
    this.#residual = new Float64Array(rows);
    this.#free = new Uint8Array(columns);
  }

  /**
   * Computes the step.
   * @param jacobian rows x columns row-major; only its first `rows` rows are read
   * @param error desired J dq
   * @param nullSpaceStep secondary step dq0, `columns` numbers
   * @param lowest lower bound of each entry of the step, <= 0
   * @param highest upper bound of each entry, >= 0
   * @param out receives the step
   */
  solve(
    jacobian: Float64Array,
    error: Float64Array,
    nullSpaceStep: Float64Array,
    damping: number,
    lowest: Float64Array,
    highest: Float64Array,
    out: Float64Array,
  ): void {
    const n = this.#columns;
    this.#free.fill(1);
    // Each round removes at least one joint, so there are at most n + 1 rounds.
    for (let round = 0; round <= n; round++) {
      this.#solveFree(jacobian, error, nullSpaceStep, damping, out);
      let stopped = false;
      for (let i = 0; i < n; i++) {
        if (this.#free[i] === 0 || (out[i] >= lowest[i] && out[i] <= highest[i])) continue;
        out[i] = out[i] < lowest[i] ? lowest[i] : highest[i];
        this.#free[i] = 0;
        stopped = true;
      }
      if (!stopped) return;
    }
  }

  /** Solves for the free entries of `out`; the others are constant. */
  #solveFree(
    jacobian: Float64Array,
    error: Float64Array,
    nullSpaceStep: Float64Array,
    damping: number,
    out: Float64Array,
  ): void {
    const [m, n] = [this.#rows, this.#columns];
    for (let i = 0; i < n; i++) if (this.#free[i] === 1) out[i] = nullSpaceStep[i];
    for (let r = 0; r < m; r++) {
      let left = error[r];
      for (let i = 0; i < n; i++) left -= jacobian[r * n + i] * out[i];
      this.#residual[r] = left;
    }
    if (!this.#leastSquares.factorize(jacobian, this.#free, damping)) return;
    this.#leastSquares.solve(this.#residual);
    this.#leastSquares.addTransposed(jacobian, this.#residual, this.#free, out);
  }
}
