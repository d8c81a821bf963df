import type { Kinematics } from '@praxis/core';
import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS } from '../robot/arm.ts';

/** What joint targets and joints may not pass; one value for each joint, in the order of the arm. */
export interface AuditedLimits extends Pick<Kinematics, 'lower' | 'upper' | 'maxVelocity'> {
  /** rad/s^2. */
  readonly acceleration: Float64Array;
  /** rad/s^3. */
  readonly jerk: Float64Array;
}

/** Rounding of a finite difference, relative to the limit, and of a target (rad). */
const LIMIT_TOLERANCE_RATIO = 1e-6;
const TARGET_TOLERANCE_RAD = 8e-15;
/** rad and share of the limit: a servo swings around the target that it follows. */
const SERVO_OVERSHOOT = { position: 0.01, velocity: 1.05 };

/** How often a limit was passed, each joint and each period for itself. */
export interface LimitViolations {
  /** By the targets that reach the robot: position, and velocity, acceleration and jerk as finite differences. */
  commands: number;
  /** By the joints themselves, as physics has them: position and velocity. */
  joints: number;
}

/** Looks at every target that the robot is given and at every joint, and trusts nobody else's account of them. */
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

  constructor(world: World, limits: AuditedLimits) {
    this.#world = world;
    this.#limits = limits;
    this.#period = world.timestep;
    this.#joints = ARM_JOINTS.map((name) => world.joint(name));
    const n = ARM_JOINTS.length;
    this.#target = new Float64Array(n);
    this.#velocity = new Float64Array(n);
    this.#acceleration = new Float64Array(n);
  }

  /**
   * Once a period.
   * @param target rad, what the robot was told last
   * @param power off behind closed brakes: targets move nothing then, and the first one after is where the arm stands
   */
  check(target: Float64Array, power: 'on' | 'off'): void {
    const { lower, upper, maxVelocity, acceleration, jerk } = this.#limits;
    const follows = this.#known && power === 'on';
    const [q, qd] = [this.#world.view('qpos'), this.#world.view('qvel')];
    for (let i = 0; i < target.length; i++) {
      // It stood before the first target.
      const v = follows ? (target[i] - this.#target[i]) / this.#period : 0;
      const a = follows ? (v - this.#velocity[i]) / this.#period : 0;
      const j = follows ? (a - this.#acceleration[i]) / this.#period : 0;
      if (outside(target[i], lower[i], upper[i], LIMIT_TOLERANCE_RATIO)) this.violations.commands++;
      const { qpos, qvel } = this.#joints[i];
      if (power === 'on' && !follows && outside(target[i], q[qpos], q[qpos], SERVO_OVERSHOOT.position))
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
      if (outside(q[qpos], lower[i], upper[i], SERVO_OVERSHOOT.position)) this.violations.joints++;
      if (Math.abs(qd[qvel]) > maxVelocity[i] * SERVO_OVERSHOOT.velocity) this.violations.joints++;
    }
    this.#known = power === 'on';
  }
}

const outside = (value: number, lower: number, upper: number, tolerance: number): boolean =>
  !(value >= lower - tolerance && value <= upper + tolerance);
