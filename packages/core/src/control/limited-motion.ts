/**
 * Velocity of a point that follows a moving target with bounded speed and acceleration. It is the target's velocity
 * plus a closing velocity from which the point can still brake within the remaining distance. The limits apply to the
 * vector's length.
 */
export class LimitedMotion {
  /** Present velocity (unit/s), 3 numbers. */
  readonly velocity = new Float64Array(3);
  readonly #maxSpeed: number;
  readonly #maxAcceleration: number;
  readonly #desiredVelocity = new Float64Array(3);

  /**
   * @param maxSpeed unit/s
   * @param maxAcceleration unit/s^2
   */
  constructor(maxSpeed: number, maxAcceleration: number) {
    this.#maxSpeed = maxSpeed;
    this.#maxAcceleration = maxAcceleration;
  }

  reset(): void {
    this.velocity.fill(0);
  }

  /**
   * Updates `velocity` for one step towards the target. The caller integrates it over `dt` (s).
   * @param error vector from the point to the target
   * @param targetVelocity velocity of the target (unit/s)
   */
  follow(error: Float64Array, targetVelocity: Float64Array, dt: number): void {
    const distance = Math.sqrt(error[0] * error[0] + error[1] * error[1] + error[2] * error[2]);
    // 90 % of the limit: rounding must not cause an overshoot at the end.
    const braking = 0.9 * this.#maxAcceleration;
    const step = 0.5 * braking * dt;
    const closing = Math.min(Math.sqrt(step * step + 2 * braking * distance) - step, distance / dt);
    const scale = distance > 0 ? closing / distance : 0;
    for (let i = 0; i < 3; i++) this.#desiredVelocity[i] = targetVelocity[i] + error[i] * scale;
    limitLength(this.#desiredVelocity, this.#maxSpeed);
    this.#accelerate(dt);
  }

  /** Updates `velocity` for one step towards a wanted velocity (unit/s). */
  drive(velocity: ArrayLike<number>, dt: number, at = 0): void {
    for (let i = 0; i < 3; i++) this.#desiredVelocity[i] = velocity[at + i];
    limitLength(this.#desiredVelocity, this.#maxSpeed);
    this.#accelerate(dt);
  }

  /** Updates `velocity` for one step of braking. */
  brake(dt: number): void {
    this.#desiredVelocity.fill(0);
    this.#accelerate(dt);
  }

  /** The old and the desired velocity lie in the ball of the speed limit, so every velocity between them does too. */
  #accelerate(dt: number): void {
    for (let i = 0; i < 3; i++) this.#desiredVelocity[i] -= this.velocity[i];
    limitLength(this.#desiredVelocity, this.#maxAcceleration * dt);
    for (let i = 0; i < 3; i++) this.velocity[i] += this.#desiredVelocity[i];
    limitLength(this.velocity, this.#maxSpeed);
  }
}

/** Shortens a vector of 3 numbers to `limit` if it is longer. Returns true if it was. */
export function limitLength(vector: Float64Array, limit: number): boolean {
  const length = Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
  if (!(length > limit)) return false;
  const scale = limit / length;
  for (let i = 0; i < 3; i++) vector[i] *= scale;
  return true;
}
