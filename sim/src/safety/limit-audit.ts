import type { Kinematics } from '@praxis/core';
import type { World } from '../mujoco/world.ts';

/** Limits of joint targets and joints, one value for each joint of the arm. */
export interface AuditedLimits extends Pick<Kinematics, 'lower' | 'upper' | 'maxVelocity'> {
  /** Largest acceleration (rad/s^2). */
  readonly acceleration: Float64Array;
  /** Largest jerk (rad/s^3). */
  readonly jerk: Float64Array;
}

/** Tolerance for the rounding of finite differences, relative to the limit. It also serves as position tolerance (rad). */
const LIMIT_TOLERANCE_RATIO = 1e-6;
/** Rounding error of a target (rad). */
const TARGET_TOLERANCE_RAD = 8e-15;
/** Position error of a servo that follows its target (rad). */
const SERVO_OVERSHOOT_RAD = 0.01;
/** Largest velocity of a servo that follows its target, relative to the limit. */
const SERVO_VELOCITY_RATIO = 1.05;

/** Number of limit violations. Each joint in each control period counts separately. */
export interface LimitViolations {
  /** Violations by targets that reach the robot: position, and velocity, acceleration and jerk as finite differences. */
  commands: number;
  /** Violations by the true joint state: position and velocity. */
  joints: number;
}

/** Checks every target that the robot gets and every joint against the limits, independently of the supervisor. */
export class LimitAudit {
  readonly violations: LimitViolations = { commands: 0, joints: 0 };
  readonly #limits: AuditedLimits;
  readonly #world: World;
  readonly #joints: readonly { readonly qpos: number; readonly qvel: number }[];
  readonly #period: number;
  readonly #target: Float64Array;
  readonly #velocity: Float64Array;
  readonly #acceleration: Float64Array;
  #known = false;

  /** @param joints joints of the arm */
  constructor(world: World, joints: readonly string[], limits: AuditedLimits) {
    this.#world = world;
    this.#limits = limits;
    this.#period = world.timestep;
    this.#joints = joints.map((name) => world.joint(name));
    const n = joints.length;
    this.#target = new Float64Array(n);
    this.#velocity = new Float64Array(n);
    this.#acceleration = new Float64Array(n);
  }

  /**
   * Checks one control period.
   * @param target last targets that the robot got (rad)
   * @param power `off` while the brakes are closed. Targets then have no effect, and the first one afterwards must match the
   *   arm's position.
   */
  check(target: Float64Array, power: 'on' | 'off'): void {
    const { lower, upper, maxVelocity, acceleration, jerk } = this.#limits;
    const follows = this.#known && power === 'on';
    const [q, qd] = [this.#world.view('qpos'), this.#world.view('qvel')];
    for (let i = 0; i < target.length; i++) {
      // The arm stands still before the first target.
      const v = follows ? (target[i] - this.#target[i]) / this.#period : 0;
      const a = follows ? (v - this.#velocity[i]) / this.#period : 0;
      const j = follows ? (a - this.#acceleration[i]) / this.#period : 0;
      if (outside(target[i], lower[i], upper[i], LIMIT_TOLERANCE_RATIO)) this.violations.commands++;
      const { qpos, qvel } = this.#joints[i];
      if (power === 'on' && !follows && outside(target[i], q[qpos], q[qpos], SERVO_OVERSHOOT_RAD))
        this.violations.commands++;
      if (Math.abs(v) > maxVelocity[i] * (1 + LIMIT_TOLERANCE_RATIO)) this.violations.commands++;
      if (
        Math.abs(a) >
        acceleration[i] * (1 + LIMIT_TOLERANCE_RATIO) + TARGET_TOLERANCE_RAD / (this.#period * this.#period)
      )
        this.violations.commands++;
      if (
        Math.abs(j) >
        jerk[i] * (1 + LIMIT_TOLERANCE_RATIO) + TARGET_TOLERANCE_RAD / (this.#period * this.#period * this.#period)
      )
        this.violations.commands++;
      this.#target[i] = target[i];
      this.#velocity[i] = v;
      this.#acceleration[i] = a;
      if (outside(q[qpos], lower[i], upper[i], SERVO_OVERSHOOT_RAD)) this.violations.joints++;
      if (Math.abs(qd[qvel]) > maxVelocity[i] * SERVO_VELOCITY_RATIO) this.violations.joints++;
    }
    this.#known = power === 'on';
  }
}

const outside = (value: number, lower: number, upper: number, tolerance: number): boolean =>
  !(value >= lower - tolerance && value <= upper + tolerance);
