import type { Clock } from '@praxis/core';

/** s: the system's clock was set when it differs by more from what was counted. */
const CLOCK_STEP_S = 0.002;
/** s between two looks at it. */
const CHECK_INTERVAL_S = 1;

/**
 * The system's clock as ROS 2 nodes stamp with it (seconds since 1970), finer than a millisecond. It is counted monotonically
 * and follows the system's clock when that is set: a jump that a supervisor sees as one.
 *
 * It does not follow `/clock`: a simulator that dies takes that with it, and who guards by a clock that stands still sees no
 * silence.
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
