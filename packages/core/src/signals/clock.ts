import { InputError } from '../errors/errors.ts';

/** Where all time in the loop comes from. Seconds as float64; the epoch is the clock's own. */
export interface Clock {
  readonly name: 'system' | 'ros' | 'simulated' | 'replayed';
  now(): number;
}

/** Wall-clock time since 1970 that never runs backwards: the machine's monotonic clock on its epoch at start. */
export class SystemClock implements Clock {
  readonly name = 'system';
  now(): number {
    return (performance.timeOrigin + performance.now()) / 1000;
  }
}

/** Time that stands still until somebody moves it. */
export class SimulatedClock implements Clock {
  readonly name = 'simulated';
  #now: number;

  constructor(start = 0) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** @throws {InputError} when `seconds` is negative or not finite: time does not run backwards. */
  advance(seconds: number): void {
    if (!(seconds >= 0 && Number.isFinite(seconds))) {
      throw new InputError(`simulated clock: advance by ${seconds} s, expected a finite number >= 0`);
    }
    this.#now += seconds;
  }

  /** Sets the time; steps counted from a start do not add up rounding errors that way. @throws {InputError} backwards. */
  advanceTo(time: number): void {
    if (!(time >= this.#now && Number.isFinite(time))) {
      throw new InputError(`simulated clock: advance to ${time} s, expected at least ${this.#now}`);
    }
    this.#now = time;
  }
}

/** Time of a recording: the latest time of receipt replayed so far. */
export class ReplayedClock implements Clock {
  readonly name = 'replayed';
  #now = Number.NEGATIVE_INFINITY;

  /** -Infinity before the first sample. */
  now(): number {
    return this.#now;
  }

  /** Call with the `received` of each sample before handing it on; an earlier time changes nothing. */
  observe(received: number): void {
    if (received > this.#now) this.#now = received;
  }
}
