import { isDue } from '@praxis/core';
/** Seconds between two beats of a process that is well. */
export const BEAT_PERIOD_S = 0.01;

/** The heartbeat of a process, in simulated time. */
export class Heartbeat {
  #next = 0;
  #beating = true;

  /** True when a beat is due at `now` (s). */
  beatIfDue(now: number): boolean {
    if (!this.#beating || !isDue(now, this.#next)) return false;
    this.#next = now + BEAT_PERIOD_S;
    return true;
  }

  /** The process is gone or stands still. */
  stop(): void {
    this.#beating = false;
  }
}
