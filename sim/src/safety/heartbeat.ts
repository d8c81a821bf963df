import { isDue } from '@praxis/core';

/** Time between two heartbeats (s). */
export const BEAT_PERIOD_S = 0.01;

/** Heartbeat of a process in simulated time. */
export class Heartbeat {
  #next = 0;
  #beating = true;

  /** Returns true when a beat is due at `now` (s), and schedules the next one. */
  beatIfDue(now: number): boolean {
    if (!this.#beating || !isDue(now, this.#next)) return false;
    this.#next = now + BEAT_PERIOD_S;
    return true;
  }

  /** Ends the heartbeat, as when the process is killed or stopped. */
  stop(): void {
    this.#beating = false;
  }
}
