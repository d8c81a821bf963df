/** A violation up to this (in the unit of the unknowns) counts as none. */
const VIOLATION_TOLERANCE = 1e-10;
/** A direction shorter than this share lies in the span of those before it. */
const DEPENDENT_SHARE = 1e-12;

/**
 * The point nearest to a wanted one that satisfies linear inequalities: min |x - wanted|^2 with low <= x <= high and G
 * x >= b. It is a dual active set method (Goldfarb and Idnani 1983, "A numerically stable dual method for solving
 * strictly convex quadratic programs") with the identity as Hessian. Its size is fixed, and it allocates nothing.
 */
export class NearestPoint {
  /** The solution, or the last iterate if there is none. */
  readonly x: Float64Array;
  /** Rows of G, one after another. */
  readonly rows: Float64Array;
  /** Right-hand sides b. */
  readonly bounds: Float64Array;
  readonly #n: number;
  readonly #active: Int32Array;
  readonly #multipliers: Float64Array;
  readonly #factor: Float64Array;
  readonly #r: Float64Array;
  readonly #z: Float64Array;
  #count = 0;
  #rowCount = 0;
  #low: Float64Array;
  #high: Float64Array;

  /** @param rows largest number of inequalities besides the bounds */
  constructor(unknowns: number, rows: number) {
    this.#n = unknowns;
    this.x = new Float64Array(unknowns);
    this.rows = new Float64Array(rows * unknowns);
    this.bounds = new Float64Array(rows);
    this.#active = new Int32Array(unknowns + 1);
    this.#multipliers = new Float64Array(unknowns + 1);
    this.#factor = new Float64Array(unknowns * unknowns);
    this.#r = new Float64Array(unknowns);
    this.#z = new Float64Array(unknowns);
    this.#low = this.#high = this.#z;
  }

  /** @param rowCount number of rows that count */
  solve(wanted: Float64Array, low: Float64Array, high: Float64Array, rowCount: number): 'solved' | 'infeasible' {
    this.#low = low;
    this.#high = high;
    this.#rowCount = rowCount;
    this.#count = 0;
    this.x.set(wanted);
    const most = 8 * (2 * this.#n + rowCount);
    for (let k = 0; k < most; k++) {
      const worst = this.#mostViolated();
      if (worst < 0) return 'solved';
      if (!this.#satisfy(worst)) return 'infeasible';
    }
    return 'infeasible';
  }

  /** Constraints are numbered: rows of G, lower bounds, upper bounds. */
  #coefficient(k: number, i: number): number {
    if (k < this.#rowCount) return this.rows[k * this.#n + i];
    const at = k - this.#rowCount;
    if (at < this.#n) return at === i ? 1 : 0;
    return at - this.#n === i ? -1 : 0;
  }

  /** Amount by which constraint `k` is violated; below 0 if it is satisfied. */
  #violation(k: number): number {
    const n = this.#n;
    if (k >= this.#rowCount) {
      const at = k - this.#rowCount;
      return at < n ? this.#low[at] - this.x[at] : this.x[at - n] - this.#high[at - n];
    }
    let sum = this.bounds[k];
    for (let i = 0; i < n; i++) sum -= this.rows[k * n + i] * this.x[i];
    return sum;
  }

  #mostViolated(): number {
    let worst = -1;
    let most = VIOLATION_TOLERANCE;
    const all = this.#rowCount + 2 * this.#n;
    for (let k = 0; k < all; k++) {
      const violation = this.#violation(k);
      if (violation <= most) continue;
      most = violation;
      worst = k;
    }
    return worst;
  }

  /**
   * Moves to a point that also satisfies constraint `p`, releasing others where it must; false if they exclude each
   * other.
   */
  #satisfy(p: number): boolean {
    let multiplier = 0;
    for (let k = 0; k <= 2 * this.#n; k++) {
      this.#project(p);
      let along = 0;
      let size = 0;
      for (let i = 0; i < this.#n; i++) {
        const c = this.#coefficient(p, i);
        along += this.#z[i] * c;
        size += c * c;
      }
      const drop = this.#firstToGo();
      const dual = drop < 0 ? Number.POSITIVE_INFINITY : this.#multipliers[drop] / this.#r[drop];
      const primal =
        along > DEPENDENT_SHARE * size && this.#count < this.#n ? this.#violation(p) / along : Number.POSITIVE_INFINITY;
      const step = Math.min(dual, primal);
      if (step === Number.POSITIVE_INFINITY) return false;
      if (primal !== Number.POSITIVE_INFINITY) for (let i = 0; i < this.#n; i++) this.x[i] += step * this.#z[i];
      for (let j = 0; j < this.#count; j++) this.#multipliers[j] -= step * this.#r[j];
      multiplier += step;
      if (primal <= dual) {
        this.#active[this.#count] = p;
        this.#multipliers[this.#count++] = multiplier;
        return true;
      }
      this.#drop(drop);
    }
    return false;
  }

  /** The active constraint whose multiplier reaches 0 first, or -1. */
  #firstToGo(): number {
    let first = -1;
    for (let j = 0; j < this.#count; j++) {
      if (this.#r[j] <= 0) continue;
      if (first < 0 || this.#multipliers[j] * this.#r[first] < this.#multipliers[first] * this.#r[j]) first = j;
    }
    return first;
  }

  #drop(j: number): void {
    this.#count--;
    for (let k = j; k < this.#count; k++) {
      this.#active[k] = this.#active[k + 1];
      this.#multipliers[k] = this.#multipliers[k + 1];
    }
  }

  /** r: constraint `p` in terms of the active ones (least squares, by Cholesky). z: its remainder. */
  #project(p: number): void {
    const n = this.#n;
    const q = this.#count;
    const f = this.#factor;
    for (let a = 0; a < q; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = this.#dot(this.#active[a], this.#active[b]);
        for (let k = 0; k < b; k++) sum -= f[a * n + k] * f[b * n + k];
        f[a * n + b] = a === b ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / f[b * n + b];
      }
      let sum = this.#dot(this.#active[a], p);
      for (let k = 0; k < a; k++) sum -= f[a * n + k] * this.#r[k];
      this.#r[a] = sum / f[a * n + a];
    }
    for (let a = q - 1; a >= 0; a--) {
      for (let k = a + 1; k < q; k++) this.#r[a] -= f[k * n + a] * this.#r[k];
      this.#r[a] /= f[a * n + a];
    }
    for (let i = 0; i < n; i++) {
      let sum = this.#coefficient(p, i);
      for (let a = 0; a < q; a++) sum -= this.#r[a] * this.#coefficient(this.#active[a], i);
      this.#z[i] = sum;
    }
  }

  #dot(a: number, b: number): number {
    let sum = 0;
    for (let i = 0; i < this.#n; i++) sum += this.#coefficient(a, i) * this.#coefficient(b, i);
    return sum;
  }
}
