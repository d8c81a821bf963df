import {
  BASE_TWIST_NAMES,
  type BaseCommand,
  BindError,
  checkBaseCommand,
  InputError,
  type Robot,
  type Stamped,
} from '@praxis/core';
import type { BaseSafety } from '../config/base-safety.ts';

const LAST_TICK_INDEX = 0;

/**
 * The command of a driven base behind a supervisor: it passes velocities within limits of speed and acceleration while commands may
 * move the robot, and brakes when they may not or cease. Allocates nothing per tick.
 */
export class SupervisedBase {
  /** Name of the command. */
  readonly name: string;
  readonly #limits: BaseSafety;
  readonly #names: readonly string[];
  /** Velocities of the newest command (m/s, rad/s), in the order of the command. */
  readonly #wanted: Float64Array;
  readonly #twist: Float64Array;
  readonly #output: { readonly value: BaseCommand; stamp: number; received: number };
  #stamp = Number.NEGATIVE_INFINITY;
  /** Time of the last tick (s). An array avoids boxing a number per tick. */
  readonly #times = new Float64Array(1).fill(Number.NaN);

  /**
   * @throws {BindError} when the robot has no base of this name
   * @throws {InputError} when a limit is not positive
   */
  constructor(robot: Pick<Robot, 'spec'>, name: string, limits: BaseSafety) {
    const spec = robot.spec.commands.find((each) => each.name === name);
    if (!spec) throw new BindError(`robot ${robot.spec.name}: no command ${name} to supervise`);
    const { names = [] } = spec;
    const strange = names.find((each) => !(BASE_TWIST_NAMES as readonly string[]).includes(each));
    if (strange !== undefined || names.length === 0) {
      const given = names.join(', ') || 'no elements';
      throw new BindError(`command ${name}: has ${given}, expected a base with ${BASE_TWIST_NAMES.join(', ')}`);
    }
    for (const [key, limit] of Object.entries(limits)) {
      if (limit !== undefined && !(limit > 0))
        throw new InputError(`base ${name}: ${key} is ${limit}, expected more than 0`);
    }
    this.name = name;
    this.#limits = limits;
    this.#names = names;
    this.#wanted = new Float64Array(names.length);
    this.#twist = new Float64Array(names.length);
    this.#output = { value: { twist: this.#twist }, stamp: 0, received: 0 };
  }

  /**
   * Accepts the newest command and copies it; ignores one that is older than the last.
   * @throws {CommandError} on a wrong size, or a value that is not finite
   */
  acceptCommand({ value, stamp }: Stamped<BaseCommand>): void {
    checkBaseCommand(this.name, this.#names, value);
    if (!(stamp >= this.#stamp)) return;
    this.#stamp = stamp;
    this.#wanted.set(value.twist);
  }

  /** True while the base is commanded to move. */
  get moves(): boolean {
    for (let i = 0; i < this.#twist.length; i++) if (this.#twist[i] !== 0) return true;
    return false;
  }

  /** Computes the command for `now` (s). @param state `stopped` brakes to rest */
  tick(now: number, state: 'running' | 'stopped'): Stamped<BaseCommand> {
    const dt = Math.max(now - this.#times[LAST_TICK_INDEX], 0) || 0;
    this.#times[LAST_TICK_INDEX] = now;
    const age = now - this.#stamp;
    // A command from the future is as wrong as an old one. It must not outlast the commands after it.
    if (-age > this.#limits.maximumAge) this.#stamp = Number.NEGATIVE_INFINITY;
    const follows = state === 'running' && Math.abs(age) <= this.#limits.maximumAge;
    if (follows) this.#follow(dt);
    else this.#brake(dt);
    this.#output.stamp = now;
    this.#output.received = now;
    return this.#output;
  }

  /** Approaches the wanted velocity, within the limits of speed and acceleration. */
  #follow(dt: number): void {
    const { linearVelocity, angularVelocity } = this.#limits;
    const { linearAcceleration = Number.POSITIVE_INFINITY, angularAcceleration = Number.POSITIVE_INFINITY } =
      this.#limits;
    const speed = this.#planeSpeed(this.#wanted);
    const scale = speed > linearVelocity ? linearVelocity / speed : 1;
    let squares = 0;
    for (let i = 0; i < this.#twist.length; i++) {
      if (this.#names[i] !== 'wz') squares += (this.#wanted[i] * scale - this.#twist[i]) ** 2;
    }
    // A first tick has no duration, and a limit then allows no change.
    const step = linearAcceleration === Number.POSITIVE_INFINITY ? linearAcceleration : linearAcceleration * dt;
    const turn = angularAcceleration === Number.POSITIVE_INFINITY ? angularAcceleration : angularAcceleration * dt;
    const share = squares > step * step ? step / Math.sqrt(squares) : 1;
    for (let i = 0; i < this.#twist.length; i++) {
      const twist = this.#twist[i];
      const wanted = this.#wanted[i];
      if (this.#names[i] === 'wz') {
        const clamped = Math.min(Math.max(wanted, -angularVelocity), angularVelocity);
        const change = clamped - twist;
        this.#twist[i] = Math.abs(change) > turn ? twist + Math.sign(change) * turn : clamped;
      } else this.#twist[i] = share === 1 ? wanted * scale : twist + share * (wanted * scale - twist);
    }
  }

  /** Brakes along the direction of motion. */
  #brake(dt: number): void {
    const { linearDeceleration, angularDeceleration } = this.#limits;
    const speed = this.#planeSpeed(this.#twist);
    const scale = speed > 0 ? Math.max(speed - linearDeceleration * dt, 0) / speed : 0;
    const turn = angularDeceleration * dt;
    for (let i = 0; i < this.#twist.length; i++) {
      const twist = this.#twist[i];
      this.#twist[i] = this.#names[i] === 'wz' ? twist - Math.min(Math.max(twist, -turn), turn) : twist * scale;
    }
  }

  /** Speed in the plane (m/s). */
  #planeSpeed(twist: Float64Array): number {
    let squares = 0;
    for (let i = 0; i < twist.length; i++) if (this.#names[i] !== 'wz') squares += twist[i] * twist[i];
    return Math.sqrt(squares);
  }
}
