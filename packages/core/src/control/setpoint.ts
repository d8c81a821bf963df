import { quaternion, rotationBetween } from '../math/index.ts';
import { LimitedMotion, limitLength } from './limited-motion.ts';

/** Limits of the commanded tool motion. */
export interface MotionLimits {
  /** Linear speed (m/s). */
  readonly linearVelocity: number;
  /** Linear acceleration (m/s^2). */
  readonly linearAcceleration: number;
  /** Angular speed (rad/s). */
  readonly angularVelocity: number;
  /** Angular acceleration (rad/s^2). */
  readonly angularAcceleration: number;
}

/** The commanded pose: it follows the target pose within the motion limits. All vectors are in base axes. */
export class Setpoint {
  /** Pose `[x, y, z, qx, qy, qz, qw]` (m, unit quaternion), base frame. */
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

  /** Linear velocity (m/s), base axes. */
  get linearVelocity(): Float64Array {
    return this.#linear.velocity;
  }

  /** Angular velocity (rad/s), base axes. */
  get angularVelocity(): Float64Array {
    return this.#angular.velocity;
  }

  /** Places the setpoint at `pose`, at rest. */
  reset(pose: Float64Array): void {
    this.pose.set(pose);
    this.#linear.reset();
    this.#angular.reset();
    this.#hasTarget = false;
  }

  /** Moves one step of `dt` seconds towards the target pose, `target[0..6]`. */
  follow(target: Float64Array, dt: number): void {
    this.#estimateTargetVelocity(target, dt);
    for (let i = 0; i < 3; i++) this.#error[i] = target[i] - this.pose[i];
    this.#linear.follow(this.#error, this.#targetLinear, dt);
    rotationBetween(this.pose, target, this.#error);
    this.#angular.follow(this.#error, this.#targetAngular, dt);
    this.#integrate(dt);
  }

  /** Moves one step of `dt` seconds towards a wanted velocity: linear (m/s), then angular (rad/s), base axes. */
  drive(twist: Float64Array, dt: number): void {
    this.#hasTarget = false;
    this.#linear.drive(twist, dt);
    this.#angular.drive(twist, dt, 3);
    this.#integrate(dt);
  }

  /** Brakes for one step of `dt` seconds and drops the target. */
  brake(dt: number): void {
    this.#hasTarget = false;
    this.#linear.brake(dt);
    this.#angular.brake(dt);
    this.#integrate(dt);
  }

  /** Limits the distance of the setpoint from the commanded pose `actual` to `metres` and `radians`. */
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

  /** Differentiates the target. A velocity above the limits means that the target jumped; it then counts as 0. */
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
