import { InputError } from '../errors/errors.ts';

/** Source of all times in a control loop: seconds as float64 with an epoch of the clock's own. */
export interface Clock {
  readonly name: 'system' | 'ros' | 'simulated' | 'replayed';
  now(): number;
}

/** Wall-clock time since 1970 that never runs backwards: the monotonic clock of the machine plus its start time. */
export class SystemClock implements Clock {
  readonly name = 'system';
  now(): number {
    return (performance.timeOrigin + performance.now()) / 1000;
  }
}

/** A clock that changes only on a call of `advance` or `advanceTo`. */
export class SimulatedClock implements Clock {
  readonly name = 'simulated';
  #now: number;

  constructor(start = 0) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /**
   * Adds `seconds` to the time.
   * @throws {InputError} when `seconds` is negative or not finite.
   */
  advance(seconds: number): void {
    if (!(seconds >= 0 && Number.isFinite(seconds))) {
      throw new InputError(`simulated clock: advance by ${seconds} s, expected a finite number >= 0`);
    }
    this.#now += seconds;
  }

  /**
   * Sets the time (s). Times computed from the start avoid a sum of rounding errors.
   * @throws {InputError} when `time` is earlier than now or not finite.
   */
  advanceTo(time: number): void {
    if (!(time >= this.#now && Number.isFinite(time))) {
      throw new InputError(`simulated clock: advance to ${time} s, expected at least ${this.#now}`);
    }
    this.#now = time;
  }
}

/** The clock of a replay: the latest `received` time so far. */
export class ReplayedClock implements Clock {
  readonly name = 'replayed';
  #now = Number.NEGATIVE_INFINITY;

  /** Time of the replay (s); -Infinity before the first sample. */
  now(): number {
    return this.#now;
  }

  /**
   * Advances the clock. Call it with the `received` time of each sample before publishing it; an earlier time changes
   * nothing.
   */
  observe(received: number): void {
    if (received > this.#now) this.#now = received;
  }
}
