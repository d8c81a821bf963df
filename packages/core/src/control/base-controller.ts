import { InputError } from '../errors/errors.ts';
import type { ControlState } from './target-follower.ts';

/** Limits of a driven base. */
export interface BaseLimits {
  /** Speed (m/s) and acceleration (m/s^2) in the plane. Default 0.5 and 1. */
  readonly linearVelocity?: number;
  readonly linearAcceleration?: number;
  /** Turning speed (rad/s) and acceleration (rad/s^2). Default 1 and 2. */
  readonly angularVelocity?: number;
  readonly angularAcceleration?: number;
}

/** Elements of a base's command: velocities ahead and to the left (m/s), and turning to the left (rad/s), REP-103. */
export const BASE_TWIST_NAMES = ['vx', 'vy', 'wz'] as const;

/** Limits the velocity of a driven base in speed and acceleration. Without an action the base brakes. Allocates nothing per tick. */
export class BaseController {
  /** Commanded velocity (m/s, rad/s), in the order of the base's command. */
  readonly twist: Float64Array;
  readonly #target: Float64Array;
  /** For each element of `twist`, its index in the target. */
  readonly #order: ArrayLike<number>;
  readonly #isLinear: readonly boolean[];
  readonly #limits: Required<BaseLimits>;

  /**
   * @param names elements of the base's command, out of {@link BASE_TWIST_NAMES}
   * @throws {InputError} when a limit is not positive
   */
  constructor(names: readonly string[], target: Float64Array, order: ArrayLike<number>, limits: BaseLimits = {}) {
    this.#limits = {
      linearVelocity: 0.5,
      linearAcceleration: 1,
      angularVelocity: 1,
      angularAcceleration: 2,
      ...limits,
    };
    for (const [name, limit] of Object.entries(this.#limits)) {
      if (!(limit > 0)) throw new InputError(`base: ${name} is ${limit}, expected more than 0`);
    }
    this.#isLinear = names.map((name) => name !== 'wz');
    this.#target = target;
    this.#order = order;
    this.twist = new Float64Array(names.length);
  }

  /** Starts at rest. */
  reset(): void {
    this.twist.fill(0);
    this.#target.fill(0);
  }

  /** Stands at once, without a limit of the deceleration. */
  stop(): void {
    this.twist.fill(0);
  }

  /** Computes one control period of `dt` seconds. */
  move(state: ControlState, dt: number): void {
    if (!(dt > 0)) return;
    const { linearVelocity, linearAcceleration, angularVelocity, angularAcceleration } = this.#limits;
    const follows = state === 'tracking';
    let squares = 0;
    for (let i = 0; i < this.twist.length; i++) {
      if (this.#isLinear[i]) squares += this.#target[this.#order[i]] ** 2;
    }
    const speed = Math.sqrt(squares);
    const scale = speed > linearVelocity ? linearVelocity / speed : 1;
    for (let i = 0; i < this.twist.length; i++) {
      const target = follows ? this.#target[this.#order[i]] : 0;
      const linear = this.#isLinear[i];
      const wanted = linear ? target * scale : Math.min(Math.max(target, -angularVelocity), angularVelocity);
      const step = (linear ? linearAcceleration : angularAcceleration) * dt;
      this.twist[i] += Math.min(Math.max(wanted - this.twist[i], -step), step);
    }
  }
}
