import type { Clock } from '@praxis/core';

/** The system clock counts as set when it differs by more than this (s) from the monotonic count. */
const CLOCK_STEP_S = 0.002;
/** Time (s) between two comparisons with the system clock. */
const CHECK_INTERVAL_S = 1;

/**
 * The system clock (s since 1970), finer than a millisecond. It counts monotonically and jumps when the system clock is set, so
 * that the supervisor detects the jump.
 *
 * It does not follow `/clock`: a simulator that exits stops that clock, and a watchdog on a stopped clock detects no timeout.
 * The stamps of sensors are converted from that clock to this one.
 */
export class RosClock implements Clock {
  readonly name = 'ros';
  #offset = performance.timeOrigin / 1000;
  #checkedAt = Number.NEGATIVE_INFINITY;

  now(): number {
    const counted = performance.now() / 1000;
    if (counted - this.#checkedAt >= CHECK_INTERVAL_S) this.#checkSystemClock(counted);
    return this.#offset + counted;
  }

  #checkSystemClock(counted: number): void {
    this.#checkedAt = counted;
    const system = Date.now() / 1000;
    if (Math.abs(system - (this.#offset + counted)) > CLOCK_STEP_S) this.#offset = system - counted;
  }
}
