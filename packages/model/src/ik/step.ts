import { DampedLeastSquares } from '@praxis/core';

/** A joint is released only if its derivative of the objective exceeds this share of the largest one. */
const RELEASE_TOLERANCE = 1e-9;

/** Bound at which a joint rests; `FREE` for none. */
const [AT_LOWEST, FREE, AT_HIGHEST] = [-1, 0, 1];

/**
 * One damped-least-squares step within joint limits, with a secondary step in the null space:
 *
 * dq = dq0 + J^T (J J^T + damping I)^-1 (e - J dq0)
 *
 * where dq0 is the secondary step. It minimizes |J dq - e|^2 + damping |dq - dq0|^2 within the bounds of each joint. A
 * joint that would pass its bound stops there and the others compensate for it if possible (saturation in the null
 * space: Flacco, De Luca and Khatib 2012); it is released when the minimum lies inside its bound after all (bounded
 * least squares: Stark and Parker 1995).
 */
export class DampedStep {
  readonly #rows: number;
  readonly #columns: number;
  readonly #leastSquares: DampedLeastSquares;
  readonly #residual: Float64Array;
  readonly #free: Uint8Array;
  /** `FREE`, or the bound at which the joint rests. */
  readonly #bound: Int8Array;
  /** The last step that lies within all bounds. */
  readonly #feasible: Float64Array;

  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#leastSquares = new DampedLeastSquares(rows, columns);
    this.#residual = new Float64Array(rows);
    this.#free = new Uint8Array(columns);
    this.#bound = new Int8Array(columns);
    this.#feasible = new Float64Array(columns);
  }

  /**
   * Computes the step.
   * @param jacobian rows x columns row-major; only its first `rows` rows are read
   * @param error desired J dq
   * @param nullSpaceStep secondary step dq0, `columns` numbers
   * @param damping more than 0
   * @param lowest lower bound of each entry of the step, <= 0
   * @param highest upper bound of each entry, >= 0; equal to the lower one for a joint that stands
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
    this.#free.fill(1);
    this.#bound.fill(FREE);
    this.#solveFree(jacobian, error, nullSpaceStep, damping, out);
    if (!this.#stopAtBounds(lowest, highest, out)) return;
    // Each round stops at least one joint more.
    do this.#solveFree(jacobian, error, nullSpaceStep, damping, out);
    while (this.#stopAtBounds(lowest, highest, out));
    // Each release lowers the objective; rounding could repeat one for ever, hence the bound.
    for (let releases = 2 * this.#columns; releases > 0; releases--) {
      if (!this.#release(jacobian, error, nullSpaceStep, damping, lowest, highest, out)) return;
      this.#feasible.set(out);
      this.#solveFree(jacobian, error, nullSpaceStep, damping, out);
      while (this.#shortenToBounds(lowest, highest, out)) {
        this.#feasible.set(out);
        this.#solveFree(jacobian, error, nullSpaceStep, damping, out);
      }
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
    const n = this.#columns;
    for (let i = 0; i < n; i++) if (this.#free[i] === 1) out[i] = nullSpaceStep[i];
    this.#storeResidual(jacobian, error, out);
    if (!this.#leastSquares.factorize(jacobian, this.#free, damping)) return;
    this.#leastSquares.solve(this.#residual);
    this.#leastSquares.addTransposed(jacobian, this.#residual, this.#free, out);
  }

  #storeResidual(jacobian: Float64Array, error: Float64Array, step: Float64Array): void {
    const [m, n] = [this.#rows, this.#columns];
    for (let r = 0; r < m; r++) {
      let left = error[r];
      for (let i = 0; i < n; i++) left -= jacobian[r * n + i] * step[i];
      this.#residual[r] = left;
    }
  }

  /** Stops every free joint that has passed a bound. Returns true if there was one. */
  #stopAtBounds(lowest: Float64Array, highest: Float64Array, out: Float64Array): boolean {
    let stopped = false;
    for (let i = 0; i < this.#columns; i++) {
      if (this.#free[i] === 0 || (out[i] >= lowest[i] && out[i] <= highest[i])) continue;
      this.#stop(i, out[i] < lowest[i] ? AT_LOWEST : AT_HIGHEST);
      out[i] = out[i] < lowest[i] ? lowest[i] : highest[i];
      stopped = true;
    }
    return stopped;
  }

  #stop(joint: number, bound: number): void {
    this.#free[joint] = 0;
    this.#bound[joint] = bound;
  }

  /** Releases the stopped joint whose motion away from its bound lowers the objective most. False if there is none. */
  #release(
    jacobian: Float64Array,
    error: Float64Array,
    nullSpaceStep: Float64Array,
    damping: number,
    lowest: Float64Array,
    highest: Float64Array,
    step: Float64Array,
  ): boolean {
    const [m, n] = [this.#rows, this.#columns];
    let isResidualKnown = false;
    let released = -1;
    let gain = 0;
    let scale = 0;
    for (let i = 0; i < n; i++) {
      if (this.#bound[i] === FREE || lowest[i] === highest[i]) continue;
      if (!isResidualKnown) this.#storeResidual(jacobian, error, step);
      isResidualKnown = true;
      let descent = damping * (nullSpaceStep[i] - step[i]);
      for (let r = 0; r < m; r++) descent += jacobian[r * n + i] * this.#residual[r];
      scale = Math.max(scale, Math.abs(descent));
      const inwards = -this.#bound[i] * descent;
      if (!(inwards > gain)) continue;
      gain = inwards;
      released = i;
    }
    if (released < 0 || gain <= RELEASE_TOLERANCE * scale) return false;
    this.#free[released] = 1;
    this.#bound[released] = FREE;
    return true;
  }

  /**
   * Shortens the way from the last step within all bounds to `out` so that it ends at the first bound, and stops the
   * joint there. Returns false, and changes nothing, if `out` lies within all bounds.
   */
  #shortenToBounds(lowest: Float64Array, highest: Float64Array, out: Float64Array): boolean {
    let share = 1;
    let first = -1;
    for (let i = 0; i < this.#columns; i++) {
      if (this.#free[i] === 0 || (out[i] >= lowest[i] && out[i] <= highest[i])) continue;
      const bound = out[i] < lowest[i] ? lowest[i] : highest[i];
      const room = (bound - this.#feasible[i]) / (out[i] - this.#feasible[i]);
      if (first >= 0 && room >= share) continue;
      share = room;
      first = i;
    }
    if (first < 0) return false;
    for (let i = 0; i < this.#columns; i++) out[i] = this.#feasible[i] + share * (out[i] - this.#feasible[i]);
    const isLow = out[first] - lowest[first] < highest[first] - out[first];
    this.#stop(first, isLow ? AT_LOWEST : AT_HIGHEST);
    out[first] = isLow ? lowest[first] : highest[first];
    return true;
  }
}
