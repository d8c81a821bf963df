import { rotationBetween } from '../math/index.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import { Admittance, type AdmittanceOptions } from './admittance.ts';
import type { ArmMotion } from './arm-motion.ts';
import { DifferentialIk, type DifferentialIkOptions } from './differential-ik.ts';
import { limitLength } from './limited-motion.ts';
import { type MotionLimits, Setpoint } from './setpoint.ts';
import type { ControlState } from './target-follower.ts';

/** Limits and tuning of an {@link EndEffectorController}. */
export interface EndEffectorControllerOptions {
  /** Limits of the commanded tool motion. Default 0.5 m/s, 2 m/s^2, 2 rad/s and 8 rad/s^2. */
  readonly limits?: Partial<MotionLimits>;
  readonly ik?: DifferentialIkOptions;
  /** Initial compliance; see {@link EndEffectorController.setAdmittance}. */
  readonly admittance?: AdmittanceOptions;
}

/** The numbers that an {@link EndEffectorController} follows. Its owner writes them before each step. */
export interface EndEffectorTargets {
  /** `pose`: tool pose `[x, y, z, qx, qy, qz, qw]`. `twist`: velocity of the tool (m/s, rad/s). Both in the base frame. */
  readonly space: 'pose' | 'twist';
  readonly motion: Float64Array;
  /**
   * Stiffness of the compliant tool along x, y and z of the base frame (N/m); undefined leaves it as it is set. Along an axis with
   * less than 50 N/m the force alone moves the tool, and {@link motion} has no effect: the hybrid control of position and force of Raibert and Craig, 1981.
   */
  readonly stiffness?: Float64Array;
  /** Force with which the compliant tool presses on its environment (N), base axes. */
  readonly force?: Float64Array;
}

/** A commanded stiffness below this (N/m) means that the tool is to follow its force, not its target. */
const LEAST_STIFFNESS_N_M = 50;

const DEFAULT_LIMITS: MotionLimits = {
  linearVelocity: 0.5,
  linearAcceleration: 2,
  angularVelocity: 2,
  angularAcceleration: 8,
};

/** Gain of the position feedback (1/s), on top of the setpoint's own velocity. */
const POSITION_FEEDBACK_GAIN_PER_S = 40;
/**
 * Largest distance of the setpoint from the commanded pose (m) and (rad). The difference grows when joints are at a
 * limit.
 */
const MAX_FOLLOWING_ERROR_M = 0.02;
const MAX_FOLLOWING_ERROR_RAD = 0.1;
/**
 * Turns poses or twists of the tool into joint targets, once a control period. It integrates the commanded joints from the
 * measured start, so sensor noise does not enter. The velocity limits of tool and joints apply to the commanded motion.
 * Allocates nothing per tick.
 */
export class EndEffectorController implements ArmMotion {
  /** Commanded tool pose `[x, y, z, qx, qy, qz, qw]`, base frame. */
  readonly pose = new Float64Array(7);
  readonly #targets: EndEffectorTargets;
  readonly #kinematics: Kinematics;
  readonly #limits: MotionLimits;
  readonly #setpoint: Setpoint;
  readonly #ik: DifferentialIk;
  readonly #desired = new Float64Array(7);
  readonly #motion = new Float64Array(6);
  readonly #linear = this.#motion.subarray(0, 3);
  readonly #angular = this.#motion.subarray(3, 6);
  readonly #error = new Float64Array(3);
  readonly #force = new Float64Array(3);
  /** Position of the setpoint before this control period (m). */
  readonly #before = new Float64Array(3);
  /** By axis: 1 where the tool follows its target, 0 where force alone moves a compliant tool. */
  readonly #follows = new Float64Array(3).fill(1);
  #admittance: Admittance | undefined;

  constructor(kinematics: Kinematics, targets: EndEffectorTargets, options: EndEffectorControllerOptions = {}) {
    this.#kinematics = kinematics;
    this.#targets = targets;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#setpoint = new Setpoint(this.#limits);
    this.#ik = new DifferentialIk(kinematics, options.ik);
    this.setAdmittance(options.admittance);
  }

  /**
   * Commanded joint positions (rad), in the order of the kinematics. The array belongs to the controller; callers must
   * not write to it.
   */
  get joints(): Float64Array {
    return this.#ik.joints;
  }

  /** Starts at rest at these measured joint positions (rad), in the order of the kinematics. */
  reset(joints: Float64Array): void {
    this.#ik.reset(joints);
    this.#kinematics.forward(this.#ik.joints, this.pose);
    this.#setpoint.reset(this.pose);
    const { space, motion, force } = this.#targets;
    if (space === 'pose') motion.set(this.pose);
    else motion.fill(0);
    force?.fill(0);
  }

  /**
   * Makes the tool compliant, or stiff again with undefined. The present offset becomes part of the setpoint, so that
   * neither change makes the tool jump.
   * @throws {InputError} when an option is out of range.
   */
  setAdmittance(options: AdmittanceOptions | undefined): void {
    const next = options && new Admittance(options);
    if (this.#admittance) for (let i = 0; i < 3; i++) this.#setpoint.pose[i] += this.#admittance.offset[i];
    this.#admittance = next;
    this.#follows.fill(1);
  }

  /**
   * Computes one control period: updates `joints` and `pose`.
   * @param dt duration (s), more than 0
   * @param contact wrench of the environment on the tool, base axes (N, Nm, force first)
   */
  move(state: ControlState, dt: number, contact: ArrayLike<number>): void {
    const { space, motion } = this.#targets;
    for (let i = 0; i < 3; i++) this.#before[i] = this.#setpoint.pose[i];
    if (space === 'pose' && (state === 'tracking' || state === 'empty')) this.#setpoint.follow(motion, dt);
    // A velocity without an action has no end: the tool brakes at once.
    else if (space === 'twist' && state === 'tracking') this.#setpoint.drive(motion, dt);
    else this.#setpoint.brake(dt);
    if (this.#admittance) this.#comply(this.#admittance, state, dt, contact);
    this.#moveJoints(dt);
  }

  /** The tool presses only while there are actions, and keeps the last stiffness without them. */
  #comply(admittance: Admittance, state: ControlState, dt: number, contact: ArrayLike<number>): void {
    const { stiffness, force } = this.#targets;
    if (stiffness && state === 'tracking') admittance.stiffness.set(stiffness);
    if (stiffness) {
      for (let i = 0; i < 3; i++) {
        this.#follows[i] = admittance.stiffness[i] < LEAST_STIFFNESS_N_M ? 0 : 1;
        // The offset takes back the setpoint's motion along an axis that the force controls.
        if (this.#follows[i] === 0) admittance.offset[i] -= this.#setpoint.pose[i] - this.#before[i];
      }
    }
    if (!force) {
      admittance.integrate(contact, dt);
      return;
    }
    for (let i = 0; i < 3; i++) this.#force[i] = contact[i] + (state === 'tracking' ? force[i] : 0);
    admittance.integrate(this.#force, dt);
  }

  /** Closed-loop inverse kinematics: the setpoint's velocity plus a share of the distance to it, within the limits. */
  #moveJoints(dt: number): void {
    const { pose, linearVelocity } = this.#setpoint;
    const admittance = this.#admittance;
    const follows = this.#follows;
    this.#desired.set(pose);
    if (admittance) for (let i = 0; i < 3; i++) this.#desired[i] += admittance.offset[i];
    const feedback = Math.min(POSITION_FEEDBACK_GAIN_PER_S * dt, 1);
    const ahead = 1 - feedback;
    rotationBetween(this.pose, this.#desired, this.#error);
    for (let i = 0; i < 3; i++) {
      const linear = linearVelocity[i] * follows[i] + (admittance ? admittance.velocity[i] : 0);
      // The setpoint already contains this step: the step is removed from the error and added as a whole.
      this.#linear[i] = (this.#desired[i] - this.pose[i]) * feedback + linear * dt * ahead;
      this.#angular[i] = this.#error[i] * feedback + this.#setpoint.angularVelocity[i] * dt * ahead;
    }
    limitLength(this.#linear, this.#limits.linearVelocity * dt);
    limitLength(this.#angular, this.#limits.angularVelocity * dt);
    this.#ik.move(this.#motion, dt);
    this.#kinematics.forward(this.#ik.joints, this.pose);
    this.#clampFollowingError(admittance);
  }

  #clampFollowingError(admittance: Admittance | undefined): void {
    // The clamp applies to the setpoint without the compliance.
    for (let i = 0; i < 7; i++) this.#desired[i] = this.pose[i];
    if (admittance) for (let i = 0; i < 3; i++) this.#desired[i] -= admittance.offset[i];
    this.#setpoint.clampFollowingError(this.#desired, MAX_FOLLOWING_ERROR_M, MAX_FOLLOWING_ERROR_RAD);
  }
}
