import { quaternion, rotationBetween } from '../math/index.ts';
import { LimitedMotion, limitLength } from './limited-motion.ts';

/** Limits of the tool's motion. */
export interface MotionLimits {
  /** m/s. */
  readonly linearVelocity: number;
  /** m/s^2. */
  readonly linearAcceleration: number;
  /** rad/s. */
  readonly angularVelocity: number;
  /** rad/s^2. */
  readonly angularAcceleration: number;
}

/** The pose that the arm is to have now: it follows the target pose within limits. Base axes throughout. */
export class Setpoint {
  /** `[x, y, z, qx, qy, qz, qw]`, m. */
  readonly pose = new Float64Array(7);
  readonly #linear: LimitedMotion;
  readonly #angular: LimitedMotion;
  readonly #limits: MotionLimits;
  readonly #target = new Float64Array(7);
  readonly #targetLinear = new Float64Array(3);
  readonly #targetAngular = new Float64Array(3);
  readonly #error = new Float64Array(3);
  readonly #rotation = new Float64Array(4);
  #hasTarget = false;

  constructor(limits: MotionLimits) {
    this.#limits = limits;
    this.#linear = new LimitedMotion(limits.linearVelocity, limits.linearAcceleration);
    this.#angular = new LimitedMotion(limits.angularVelocity, limits.angularAcceleration);
  }

  /** m/s. */
  get linearVelocity(): Float64Array {
    return this.#linear.velocity;
  }

  /** rad/s. */
  get angularVelocity(): Float64Array {
    return this.#angular.velocity;
  }

  /** Stands still at `pose`. */
  reset(pose: Float64Array): void {
    this.pose.set(pose);
    this.#linear.reset();
    this.#angular.reset();
    this.#hasTarget = false;
  }

  /** One step towards the target pose, `target[0..6]`. */
  follow(target: Float64Array, dt: number): void {
    this.#estimateTargetVelocity(target, dt);
    for (let i = 0; i < 3; i++) this.#error[i] = target[i] - this.pose[i];
    this.#linear.follow(this.#error, this.#targetLinear, dt);
    rotationBetween(this.pose, target, this.#error);
    this.#angular.follow(this.#error, this.#targetAngular, dt);
    this.#integrate(dt);
  }

  /** One step of braking; without a target from then on. */
  brake(dt: number): void {
    this.#hasTarget = false;
    this.#linear.brake(dt);
    this.#angular.brake(dt);
    this.#integrate(dt);
  }

  /** Keeps the setpoint within `metres` and `radians` of where the arm really is told to be. */
  clampFollowingError(actual: Float64Array, metres: number, radians: number): void {
    for (let i = 0; i < 3; i++) this.#error[i] = this.pose[i] - actual[i];
    if (limitLength(this.#error, metres)) for (let i = 0; i < 3; i++) this.pose[i] = actual[i] + this.#error[i];
    rotationBetween(actual, this.pose, this.#error);
    if (!limitLength(this.#error, radians)) return;
    quaternion.fromRotationVector(this.#error, this.#rotation);
    quaternion.multiply(this.#rotation, actual, this.pose, 0, 3, 3);
  }

  #integrate(dt: number): void {
    for (let i = 0; i < 3; i++) {
      this.pose[i] += this.#linear.velocity[i] * dt;
      this.#error[i] = this.#angular.velocity[i] * dt;
    }
    quaternion.fromRotationVector(this.#error, this.#rotation);
    quaternion.multiply(this.#rotation, this.pose, this.pose, 0, 3, 3);
    quaternion.normalise(this.pose, this.pose, 3, 3);
  }

  /** From the last target to this one; a target that jumps has no velocity worth following. */
  #estimateTargetVelocity(target: Float64Array, dt: number): void {
    const { linearVelocity, angularVelocity } = this.#limits;
    if (this.#hasTarget) {
      for (let i = 0; i < 3; i++) this.#targetLinear[i] = (target[i] - this.#target[i]) / dt;
      rotationBetween(this.#target, target, this.#targetAngular);
      for (let i = 0; i < 3; i++) this.#targetAngular[i] /= dt;
    }
    if (!this.#hasTarget || limitLength(this.#targetLinear, linearVelocity)) this.#targetLinear.fill(0);
    if (!this.#hasTarget || limitLength(this.#targetAngular, angularVelocity)) this.#targetAngular.fill(0);
    for (let i = 0; i < 7; i++) this.#target[i] = target[i];
    this.#hasTarget = true;
  }
}
