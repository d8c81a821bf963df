import { rotationBetween } from '../math/index.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import { ACTION_SIZE, type ChunkScheduler } from '../ports/policy.ts';
import { Admittance, type AdmittanceOptions } from './admittance.ts';
import { DifferentialIk, type DifferentialIkOptions } from './differential-ik.ts';
import { limitLength } from './limited-motion.ts';
import { type MotionLimits, Setpoint } from './setpoint.ts';

/** Limits and tuning of an {@link EndEffectorController}. */
export interface EndEffectorControllerOptions {
  /** Limits of the commanded tool motion. Default 0.5 m/s, 2 m/s^2, 2 rad/s and 8 rad/s^2. */
  readonly limits?: Partial<MotionLimits>;
  readonly ik?: DifferentialIkOptions;
  /** Speed of the gripper (m/s). Default 0.1. */
  readonly gripperSpeed?: number;
  /** Range of the gripper width (m). Default 0..0.08. */
  readonly gripperRange?: readonly [number, number];
  /** Time after the last action for which its target remains valid (s). Then the arm brakes and holds. Default 0.3. */
  readonly holdAfter?: number;
  /** Initial compliance; see {@link EndEffectorController.setAdmittance}. */
  readonly admittance?: AdmittanceOptions;
}

/**
 * State of the controller. `waiting`: no action has arrived, and the arm stands. `tracking`: the arm follows the
 * actions. `empty`: no action is left, and the arm continues to the last target. `holding`: no action has arrived for
 * `holdAfter` seconds, and the arm brakes and stands.
 */
export type ControlState = 'waiting' | 'tracking' | 'empty' | 'holding';

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
 * Longest control period that is integrated (s). It limits the step after a pause of the process, so that the arm does
 * not jump.
 */
const MAX_PERIOD_S = 0.01;

const LAST_TICK_INDEX = 0;
const LAST_ACTION_INDEX = 1;

/**
 * Turns end-effector targets into joint targets, once a control period. It integrates the commanded joints from the
 * measured start, so sensor noise does not enter. The velocity limits of tool and joints apply to the commanded motion.
 * Allocates nothing per tick.
 */
export class EndEffectorController {
  /** Target of the newest action: tool pose in the base frame and gripper width, `ACTION_SIZE` numbers. */
  readonly target = new Float64Array(ACTION_SIZE);
  /** Commanded tool pose `[x, y, z, qx, qy, qz, qw]`, base frame. */
  readonly pose = new Float64Array(7);
  /** Commanded gripper width (m). */
  gripperWidth = 0;
  readonly #kinematics: Kinematics;
  readonly #scheduler: ChunkScheduler;
  readonly #limits: MotionLimits;
  readonly #setpoint: Setpoint;
  readonly #ik: DifferentialIk;
  readonly #gripperSpeed: number;
  readonly #gripperRange: readonly [number, number];
  readonly #holdAfter: number;
  readonly #desired = new Float64Array(7);
  readonly #motion = new Float64Array(6);
  readonly #linear = this.#motion.subarray(0, 3);
  readonly #angular = this.#motion.subarray(3, 6);
  readonly #error = new Float64Array(3);
  #admittance: Admittance | undefined;
  #state: ControlState = 'waiting';
  /** Time of the last tick and of the last action (s). An array avoids boxing a number per tick. */
  readonly #times = new Float64Array(2);

  constructor(kinematics: Kinematics, scheduler: ChunkScheduler, options: EndEffectorControllerOptions = {}) {
    this.#kinematics = kinematics;
    this.#scheduler = scheduler;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#setpoint = new Setpoint(this.#limits);
    this.#ik = new DifferentialIk(kinematics, options.ik);
    this.#gripperSpeed = options.gripperSpeed ?? 0.1;
    this.#gripperRange = options.gripperRange ?? [0, 0.08];
    this.#holdAfter = options.holdAfter ?? 0.3;
    this.setAdmittance(options.admittance);
  }

  get state(): ControlState {
    return this.#state;
  }

  /**
   * Commanded joint positions (rad), in the order of the kinematics. The array belongs to the controller; callers must
   * not write to it.
   */
  get joints(): Float64Array {
    return this.#ik.joints;
  }

  /**
   * Starts at rest.
   * @param joints measured joint positions (rad), in the order of the kinematics
   * @param gripperWidth measured width (m)
   * @param now time (s)
   */
  reset(joints: Float64Array, gripperWidth: number, now: number): void {
    this.#ik.reset(joints);
    this.#kinematics.forward(this.#ik.joints, this.pose);
    this.#setpoint.reset(this.pose);
    for (let i = 0; i < 7; i++) this.target[i] = this.pose[i];
    this.target[7] = gripperWidth;
    this.gripperWidth = gripperWidth;
    this.#state = 'waiting';
    this.#times[LAST_TICK_INDEX] = now;
    this.#times[LAST_ACTION_INDEX] = now;
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
  }

  /** Brakes and stands until the scheduler returns an action again. */
  hold(): void {
    if (this.#state !== 'waiting') this.#state = 'holding';
  }

  /**
   * Computes one control period: updates `joints`, `gripperWidth` and `pose`.
   * @param now time (s)
   * @param contact wrench of the environment on the tool, base axes (N, Nm, force first)
   */
  computeJointTargets(now: number, contact: ArrayLike<number>): ControlState {
    const dt = Math.min(now - this.#times[LAST_TICK_INDEX], MAX_PERIOD_S);
    this.#chooseTarget(now);
    if (!(dt > 0)) return this.#state;
    this.#times[LAST_TICK_INDEX] = now;
    if (this.#state === 'tracking' || this.#state === 'empty') this.#setpoint.follow(this.target, dt);
    else this.#setpoint.brake(dt);
    this.#admittance?.integrate(contact, dt);
    this.#moveJoints(dt);
    if (this.#state !== 'holding' && this.#state !== 'waiting') this.#moveGripper(dt);
    return this.#state;
  }

  #chooseTarget(now: number): void {
    if (this.#scheduler.sample(now, this.target)) {
      this.#state = 'tracking';
      this.#times[LAST_ACTION_INDEX] = now;
    } else if (this.#state === 'tracking') this.#state = 'empty';
    if (this.#state === 'empty' && now - this.#times[LAST_ACTION_INDEX] >= this.#holdAfter) this.#state = 'holding';
  }

  /** Closed-loop inverse kinematics: the setpoint's velocity plus a share of the distance to it, within the limits. */
  #moveJoints(dt: number): void {
    const { pose } = this.#setpoint;
    const admittance = this.#admittance;
    this.#desired.set(pose);
    if (admittance) for (let i = 0; i < 3; i++) this.#desired[i] += admittance.offset[i];
    const feedback = Math.min(POSITION_FEEDBACK_GAIN_PER_S * dt, 1);
    const ahead = 1 - feedback;
    rotationBetween(this.pose, this.#desired, this.#error);
    for (let i = 0; i < 3; i++) {
      const linear = this.#setpoint.linearVelocity[i] + (admittance ? admittance.velocity[i] : 0);
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

  #moveGripper(dt: number): void {
    const [narrow, wide] = this.#gripperRange;
    const wanted = Math.min(Math.max(this.target[7], narrow), wide);
    const step = this.#gripperSpeed * dt;
    this.gripperWidth += Math.min(Math.max(wanted - this.gripperWidth, -step), step);
  }
}
