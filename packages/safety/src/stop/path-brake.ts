import type { BrakingConfig } from '../config/filter-config.ts';
import type { JointLimits } from '../limits/joint-limits.ts';
import { StopProfile } from '../limits/stop-profile.ts';
import type { Viability } from '../limits/viability.ts';
import type { MotionState } from './motion-state.ts';

/** A joint slower than this (rad/s) has no direction worth keeping. */
const SLOW = 1e-7;

/**
 * Brakes along the path: all joints keep their share of the velocity, so that the tool stays on its way, and the joint
 * that needs longest sets the pace. A joint whose range ends sooner brakes as hard as its limits allow. A feedback of the
 * motion alone: what is left of a stop is the stop of what is left.
 */
export class PathBrake {
  readonly #limits: JointLimits;
  readonly #viability: Viability;
  readonly #period: number;
  readonly #profiles: readonly StopProfile[];
  readonly #stopping: Float64Array;

  /** @param braking shares of the limits that this stop uses */
  constructor(limits: JointLimits, viability: Viability, braking: BrakingConfig, period: number) {
    this.#limits = limits;
    this.#viability = viability;
    this.#period = period;
    this.#profiles = Array.from(limits.acceleration, (acceleration, i) => {
      return new StopProfile(acceleration * braking.deceleration, limits.jerk[i] * braking.jerk, period);
    });
    this.#stopping = new Float64Array(this.#profiles.length);
  }

  /** One period of the stop. */
  step(state: MotionState): void {
    const { position, velocity, acceleration } = state;
    const { lower, upper } = this.#limits;
    const period = this.#period;
    const pace = this.#pace(state);
    for (let i = 0; i < velocity.length; i++) {
      const v = Math.abs(velocity[i]) > SLOW ? velocity[i] * pace : this.#stopping[i];
      let next = this.#allowed(i, (v - velocity[i]) / period, acceleration[i]);
      let then = velocity[i] + period * next;
      if (!this.#viability.stops(i, position[i] + period * then, then, next)) {
        next = this.#viability.profiles[i].next(velocity[i], acceleration[i]);
        then = velocity[i] + period * next;
      }
      // Only what rounding adds is cut.
      state.move(i, Math.min(Math.max(position[i] + period * then, lower[i]), upper[i]), period);
    }
  }

  /** The share of its velocity that every joint can brake to. */
  #pace({ velocity, acceleration }: MotionState): number {
    let pace = 0;
    for (let i = 0; i < velocity.length; i++) {
      const v = velocity[i];
      const a = acceleration[i];
      const soft = this.#profiles[i];
      const profile = soft.overshoots(v, a) ? this.#viability.profiles[i] : soft;
      this.#stopping[i] = v + this.#period * profile.next(v, a);
      if (Math.abs(v) > SLOW) pace = Math.max(pace, this.#stopping[i] / v);
    }
    return pace;
  }

  #allowed(i: number, wanted: number, acceleration: number): number {
    const limit = this.#limits.acceleration[i];
    const change = this.#limits.jerk[i] * this.#period;
    const next = Math.min(Math.max(wanted, -limit), limit);
    return Math.min(Math.max(next, acceleration - change), acceleration + change);
  }
}
