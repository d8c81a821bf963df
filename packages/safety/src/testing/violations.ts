import type { JointLimits } from '../filter/limits/joint-limits.ts';

/** Counts violations of joint limits in a sequence of outputs, by finite differences over the period. */
export class ViolationCounter {
  /** Number of violations of each limit, over all joints and periods. */
  readonly counts = { position: 0, velocity: 0, acceleration: 0, jerk: 0 };
  /** Largest share of each limit that was reached. */
  readonly shares = { velocity: 0, acceleration: 0, jerk: 0 };
  readonly #limits: JointLimits;
  readonly #period: number;
  readonly #tolerance: number;
  readonly #last: Float64Array;
  readonly #velocity: Float64Array;
  readonly #acceleration: Float64Array;

  /** @param tolerance share of a limit by which rounding may exceed it */
  constructor(limits: JointLimits, period: number, tolerance = 1e-9) {
    const n = limits.lower.length;
    this.#limits = limits;
    this.#period = period;
    this.#tolerance = tolerance;
    this.#last = new Float64Array(n);
    this.#velocity = new Float64Array(n);
    this.#acceleration = new Float64Array(n);
  }

  /** Starts at rest at `position` (rad). */
  reset(position: Float64Array): void {
    this.#last.set(position);
    this.#velocity.fill(0);
    this.#acceleration.fill(0);
  }

  /** Number of all violations. */
  get total(): number {
    const { position, velocity, acceleration, jerk } = this.counts;
    return position + velocity + acceleration + jerk;
  }

  /** Checks one output (rad), one period after the previous one. */
  observe(position: Float64Array): void {
    const { lower, upper, velocity, acceleration, jerk } = this.#limits;
    for (let i = 0; i < position.length; i++) {
      const v = (position[i] - this.#last[i]) / this.#period;
      const a = (v - this.#velocity[i]) / this.#period;
      const j = (a - this.#acceleration[i]) / this.#period;
      if (!(position[i] >= lower[i] && position[i] <= upper[i])) this.counts.position++;
      this.#check('velocity', v, velocity[i]);
      this.#check('acceleration', a, acceleration[i]);
      this.#check('jerk', j, jerk[i]);
      this.#last[i] = position[i];
      this.#velocity[i] = v;
      this.#acceleration[i] = a;
    }
  }

  #check(what: 'velocity' | 'acceleration' | 'jerk', value: number, limit: number): void {
    const share = Math.abs(value) / limit;
    this.shares[what] = Math.max(this.shares[what], share);
    if (!(share <= 1 + this.#tolerance)) this.counts[what]++;
  }
}
