import type { BrakingConfig } from '../../config/filter-config.ts';
import type { JointLimits } from '../limits/joint-limits.ts';
import { StopProfile } from '../limits/stop-profile.ts';
import type { Viability } from '../limits/viability.ts';

/** A joint slower than this (rad/s) has no direction worth keeping. */
const ZERO_SPEED_RAD_S = 1e-7;

/**
 * Brakes along the path. All joints keep their share of the velocity, so that the tool stays on its path, and the joint
 * that needs longest sets the pace. A joint whose range ends sooner brakes as hard as its limits allow. The braking is
 * a feedback of the motion alone: the rest of a stop is the stop from there.
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

  /** Estimates the distance of each joint until it stands (rad). The estimate is fast and not a bound. */
  foresee({ velocity, acceleration }: MotionState, out: Float64Array): void {
    let slowest = 0;
    for (let i = 0; i < velocity.length; i++) {
      out[i] = Math.abs(this.#profiles[i].distance(velocity[i], acceleration[i]));
      if (Math.abs(velocity[i]) > ZERO_SPEED_RAD_S) slowest = Math.max(slowest, out[i] / Math.abs(velocity[i]));
    }
    for (let i = 0; i < velocity.length; i++) out[i] = Math.max(out[i], slowest * Math.abs(velocity[i]));
  }

  /**
   * Velocity that joint `i` still reaches, away from 0 and signed, while this stop reduces its acceleration (rad/s).
   */
  peakOf(i: number, velocity: number, acceleration: number): number {
    const profile = this.#profiles[i];
    return velocity >= 0 ? profile.peak(velocity, acceleration) : -profile.peak(-velocity, -acceleration);
  }

  /** Longest time (s) in which a joint brakes from these velocities (rad/s). */
  brakingTime(velocity: Float64Array): number {
    let time = 0;
    for (let i = 0; i < velocity.length; i++) time = Math.max(time, this.#profiles[i].time(velocity[i]));
    return time;
  }

  /** Runs one period of the stop. */
  step(state: MotionState): void {
    const { position, velocity, acceleration } = state;
    const { lower, upper } = this.#limits;
    const period = this.#period;
    const pace = this.#pace(state);
    for (let i = 0; i < velocity.length; i++) {
      const v = Math.abs(velocity[i]) > ZERO_SPEED_RAD_S ? velocity[i] * pace : this.#stopping[i];
      let next = this.#allowed(i, (v - velocity[i]) / period, acceleration[i]);
      let then = velocity[i] + period * next;
      if (!this.#viability.stops(i, position[i] + period * then, then, next)) {
        next = this.#viability.profiles[i].next(velocity[i], acceleration[i]);
        then = velocity[i] + period * next;
      }
      // This cuts only rounding errors.
      state.move(i, Math.min(Math.max(position[i] + period * then, lower[i]), upper[i]), period);
    }
  }

  /**
   * The share of its velocity that every joint can brake to. While one joint still reduces its acceleration the others
   * wait, so that no joint gains speed.
   */
  #pace({ velocity, acceleration }: MotionState): number {
    let pace = 0;
    for (let i = 0; i < velocity.length; i++) {
      const v = velocity[i];
      const a = acceleration[i];
      const soft = this.#profiles[i];
      const profile = soft.overshoots(v, a) ? this.#viability.profiles[i] : soft;
      this.#stopping[i] = v + this.#period * profile.next(v, a);
      if (Math.abs(v) > ZERO_SPEED_RAD_S) pace = Math.max(pace, this.#stopping[i] / v);
    }
    return Math.min(pace, 1);
  }

  #allowed(i: number, wanted: number, acceleration: number): number {
    const limit = this.#limits.acceleration[i];
    const change = this.#limits.jerk[i] * this.#period;
    const next = Math.min(Math.max(wanted, -limit), limit);
    return Math.min(Math.max(next, acceleration - change), acceleration + change);
  }
}

/**
 * Motion of the output: velocity and acceleration are finite differences of the positions sent (rad, rad/s, rad/s^2).
 */
export class MotionState {
  readonly position: Float64Array;
  readonly velocity: Float64Array;
  readonly acceleration: Float64Array;

  constructor(joints: number) {
    this.position = new Float64Array(joints);
    this.velocity = new Float64Array(joints);
    this.acceleration = new Float64Array(joints);
  }

  /** Sets the state to rest at `position` (rad). */
  rest(position: ArrayLike<number>): void {
    for (let i = 0; i < this.position.length; i++) this.position[i] = position[i];
    this.velocity.fill(0);
    this.acceleration.fill(0);
  }

  copy(from: MotionState): void {
    this.position.set(from.position);
    this.velocity.set(from.velocity);
    this.acceleration.set(from.acceleration);
  }

  /** Moves joint `i` to `position` (rad) within `period` (s). */
  move(i: number, position: number, period: number): void {
    const velocity = (position - this.position[i]) / period;
    this.acceleration[i] = (velocity - this.velocity[i]) / period;
    this.velocity[i] = velocity;
    this.position[i] = position;
  }

  get standing(): boolean {
    for (let i = 0; i < this.velocity.length; i++) if (this.velocity[i] !== 0) return false;
    return true;
  }
}
