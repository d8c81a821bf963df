import { shortestAngle } from '../actions/rows.ts';
import { InputError } from '../errors/errors.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { AdmittanceOptions } from './admittance.ts';
import type { ArmMotion } from './arm-motion.ts';
import type { ControlState } from './target-follower.ts';

/** Limits of a {@link JointController}. */
export interface JointControllerOptions {
  /** Acceleration of each joint (rad/s^2; m/s^2 for prismatic joints). Default 8. */
  readonly acceleration?: number;
  /** Usable share of each joint's velocity limit, 0..1. Default 0.9. */
  readonly velocityShare?: number;
}

/** The numbers that a {@link JointController} follows. Its owner writes them before each step. */
export interface JointTargets {
  /** `position`: joint positions (rad, m). `velocity`: joint velocities (rad/s, m/s). `none`: the arm stands. */
  readonly space: 'position' | 'velocity' | 'none';
  readonly motion: Float64Array;
  /** For each joint of the kinematics, its index in `motion`. */
  readonly order: ArrayLike<number>;
}

/**
 * Turns joint positions or velocities into joint targets within the limits of position, speed and acceleration, once a control
 * period. It integrates the commanded joints from the measured start. A joint without limits takes the shorter way round. Allocates
 * nothing per tick.
 */
export class JointController implements ArmMotion {
  /** Commanded joint positions (rad, m), in the order of the kinematics. */
  readonly joints: Float64Array;
  /** Commanded tool pose `[x, y, z, qx, qy, qz, qw]`, base frame. */
  readonly pose = new Float64Array(7);
  readonly #kinematics: Kinematics;
  readonly #targets: JointTargets;
  readonly #acceleration: number;
  readonly #velocityShare: number;
  readonly #velocity: Float64Array;
  /** Target positions of the last step (rad, m); NaN without one. */
  readonly #lastTarget: Float64Array;

  /** @throws {InputError} when an option is out of range. */
  constructor(kinematics: Kinematics, targets: JointTargets, options: JointControllerOptions = {}) {
    const { acceleration = 8, velocityShare = 0.9 } = options;
    if (!(acceleration > 0))
      throw new InputError(`joint control: acceleration is ${acceleration}, expected more than 0`);
    if (!(velocityShare > 0 && velocityShare <= 1)) {
      throw new InputError(`joint control: velocity share is ${velocityShare}, expected more than 0 and at most 1`);
    }
    this.#kinematics = kinematics;
    this.#targets = targets;
    this.#acceleration = acceleration;
    this.#velocityShare = velocityShare;
    const count = kinematics.jointNames.length;
    this.joints = new Float64Array(count);
    this.#velocity = new Float64Array(count);
    this.#lastTarget = new Float64Array(count);
  }

  /** Starts at rest. Positions outside the limits, such as noisy measurements, are clamped. */
  reset(joints: Float64Array): void {
    const { lower, upper } = this.#kinematics;
    const { space, motion, order } = this.#targets;
    for (let i = 0; i < this.joints.length; i++) {
      this.joints[i] = Math.min(Math.max(joints[i], lower[i]), upper[i]);
      if (space !== 'none') motion[order[i]] = space === 'position' ? this.joints[i] : 0;
    }
    this.#velocity.fill(0);
    this.#lastTarget.fill(Number.NaN);
    this.#kinematics.forward(this.joints, this.pose);
  }

  /** Computes one control period of `dt` seconds. Without actions positions continue to the last target; velocities end. */
  move(state: ControlState, dt: number): void {
    const { space } = this.#targets;
    const follows = state === 'tracking' || (state === 'empty' && space === 'position');
    for (let i = 0; i < this.joints.length; i++) {
      this.#accelerate(i, follows ? this.#wantedVelocity(i, dt) : 0, dt);
      if (!follows) this.#lastTarget[i] = Number.NaN;
    }
    this.#kinematics.forward(this.joints, this.pose);
  }

  /** @throws {InputError} with options: joints do not comply. */
  setAdmittance(options: AdmittanceOptions | undefined): void {
    if (options) throw new InputError('admittance: the arm follows joints, expected actions of its tool');
  }

  #wantedVelocity(i: number, dt: number): number {
    const { space, motion, order } = this.#targets;
    if (space === 'none') return 0;
    if (space === 'velocity') return motion[order[i]];
    const { lower, upper } = this.#kinematics;
    const target = Math.min(Math.max(motion[order[i]], lower[i]), upper[i]);
    const turns = lower[i] === Number.NEGATIVE_INFINITY && upper[i] === Number.POSITIVE_INFINITY;
    const error = turns ? shortestAngle(target - this.joints[i]) : target - this.joints[i];
    const step = target - this.#lastTarget[i];
    this.#lastTarget[i] = target;
    const rate = (turns ? shortestAngle(step) : step) / dt;
    // A rate above the limit means that the target jumped: it then counts as 0, as does that of a first target.
    const ahead = Math.abs(rate) <= this.#limit(i) ? rate : 0;
    return ahead + this.#closing(error, dt);
  }

  /** The speed from which a joint can still brake within a distance (rad/s, m/s), with its sign. */
  #closing(distance: number, dt: number): number {
    // 90 % of the limit: rounding must not cause an overshoot at the end.
    const braking = 0.9 * this.#acceleration;
    const half = 0.5 * braking * dt;
    const size = Math.abs(distance);
    return Math.sign(distance) * Math.min(Math.sqrt(half * half + 2 * braking * size) - half, size / dt);
  }

  #limit(i: number): number {
    return this.#kinematics.maxVelocity[i] * this.#velocityShare;
  }

  #accelerate(i: number, wanted: number, dt: number): void {
    const { lower, upper } = this.#kinematics;
    const limit = this.#limit(i);
    // A joint brakes before its limit of position, however fast it is to go.
    const most = Math.min(limit, Math.max(0, this.#closing(upper[i] - this.joints[i], dt)));
    const least = Math.max(-limit, Math.min(0, this.#closing(lower[i] - this.joints[i], dt)));
    const velocity = Math.min(Math.max(wanted, least), most);
    const step = this.#acceleration * dt;
    this.#velocity[i] += Math.min(Math.max(velocity - this.#velocity[i], -step), step);
    const next = this.joints[i] + this.#velocity[i] * dt;
    this.joints[i] = Math.min(Math.max(next, lower[i]), upper[i]);
  }
}
