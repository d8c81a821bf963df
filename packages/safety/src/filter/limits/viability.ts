import type { JointLimits } from './joint-limits.ts';
import { StopProfile } from './stop-profile.ts';

/** Bisection steps between two accelerations; the result is on the safe side. */
const BISECTION_STEPS = 24;
/** Share of a limit by which rounding may exceed it: positions have 16 digits, and three differences of them fewer. */
const LIMIT_TOLERANCE_RATIO = 1e-10;

/**
 * Finds the next accelerations that keep a joint inside its limits forever: those from which the quickest stop stays
 * inside them. The stop itself is always one of them, so every admitted state has a way out.
 */
export class Viability {
  readonly profiles: readonly StopProfile[];
  readonly #limits: JointLimits;
  readonly #period: number;

  constructor(limits: JointLimits, period: number) {
    this.#limits = limits;
    this.#period = period;
    this.profiles = Array.from(
      limits.velocity,
      (_, i) => new StopProfile(limits.acceleration[i], limits.jerk[i], period),
    );
  }

  /** True when the stop of joint `i` from this state keeps its limits of position and velocity. */
  stops(i: number, position: number, velocity: number, acceleration: number): boolean {
    return (
      this.#farFromLimits(i, position, velocity, acceleration) ||
      (this.#stopsBelow(i, position, velocity, acceleration) && this.#stopsAbove(i, position, velocity, acceleration))
    );
  }

  /** True when joint `i` may move from `acceleration` to this next state. */
  admits(i: number, position: number, velocity: number, next: number, acceleration: number): boolean {
    const { acceleration: limit, jerk } = this.#limits;
    return (
      Math.abs(next) <= limit[i] * (1 + LIMIT_TOLERANCE_RATIO) &&
      Math.abs(next - acceleration) <= jerk[i] * this.#period * (1 + LIMIT_TOLERANCE_RATIO) &&
      this.stops(i, position, velocity, next)
    );
  }

  /**
   * Highest next acceleration that joint `i` may use; never below that of its stop.
   * @param position, velocity, acceleration present state of the joint
   */
  highest(i: number, position: number, velocity: number, acceleration: number): number {
    const { acceleration: limit, jerk } = this.#limits;
    const stop = this.profiles[i].next(velocity, acceleration);
    const top = Math.max(Math.min(limit[i], acceleration + jerk[i] * this.#period), stop);
    const period = this.#period;
    const v = velocity + period * top;
    if (this.#stopsBelow(i, position + period * v, v, top)) return top;
    let low = stop;
    let high = top;
    for (let k = 0; k < BISECTION_STEPS; k++) {
      const middle = 0.5 * (low + high);
      const then = velocity + period * middle;
      if (this.#stopsBelow(i, position + period * then, then, middle)) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Lowest next acceleration that joint `i` may use; never above that of its stop. */
  lowest(i: number, position: number, velocity: number, acceleration: number): number {
    const { acceleration: limit, jerk } = this.#limits;
    const stop = this.profiles[i].next(velocity, acceleration);
    const bottom = Math.min(Math.max(-limit[i], acceleration - jerk[i] * this.#period), stop);
    const period = this.#period;
    const v = velocity + period * bottom;
    if (this.#stopsAbove(i, position + period * v, v, bottom)) return bottom;
    let high = stop;
    let low = bottom;
    for (let k = 0; k < BISECTION_STEPS; k++) {
      const middle = 0.5 * (low + high);
      const then = velocity + period * middle;
      if (this.#stopsAbove(i, position + period * then, then, middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  /**
   * The next acceleration between two that brings joint `i` soonest to a target without passing it: its stop, seen from
   * the target, ends there.
   * @param behind position minus that of the target, which moves at a constant velocity
   * @param relative velocity minus that of the target
   */
  approach(i: number, behind: number, relative: number, low: number, high: number): number {
    const profile = this.profiles[i];
    const period = this.#period;
    if (endOf(profile, behind, relative, high, period) <= 0) return high;
    if (endOf(profile, behind, relative, low, period) >= 0) return low;
    let below = low;
    let above = high;
    for (let k = 0; k < BISECTION_STEPS; k++) {
      const middle = 0.5 * (below + above);
      if (endOf(profile, behind, relative, middle, period) <= 0) below = middle;
      else above = middle;
    }
    return below;
  }

  /** A quick test: a stop that is longer and faster than the quickest one still keeps the limits. */
  #farFromLimits(i: number, position: number, velocity: number, acceleration: number): boolean {
    const { lower, upper, velocity: limit, acceleration: most, jerk } = this.#limits;
    const a = Math.abs(acceleration);
    const v = Math.abs(velocity) + a * (a / jerk[i] + this.#period);
    const travel = v * ((a + 2 * most[i]) / jerk[i] + 3 * this.#period + v / (2 * most[i]));
    return v <= limit[i] && position + travel <= upper[i] && position - travel >= lower[i];
  }

  #stopsBelow(i: number, position: number, velocity: number, acceleration: number): boolean {
    const { upper, velocity: limit } = this.#limits;
    const profile = this.profiles[i];
    return (
      profile.peak(velocity, acceleration) <= limit[i] * (1 + LIMIT_TOLERANCE_RATIO) &&
      position + profile.reach(velocity, acceleration) <= upper[i]
    );
  }

  #stopsAbove(i: number, position: number, velocity: number, acceleration: number): boolean {
    const { lower, velocity: limit } = this.#limits;
    const profile = this.profiles[i];
    return (
      profile.peak(-velocity, -acceleration) <= limit[i] * (1 + LIMIT_TOLERANCE_RATIO) &&
      position - profile.reach(-velocity, -acceleration) >= lower[i]
    );
  }
}

/** End of a joint's stop after one period with this acceleration. */
function endOf(profile: StopProfile, position: number, velocity: number, acceleration: number, period: number): number {
  const v = velocity + period * acceleration;
  return position + period * v + profile.distance(v, acceleration);
}
