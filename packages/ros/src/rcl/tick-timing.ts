/** A tick that begins later than this (s) counts as late. */
export const LATE_TICK_S = 0.02;

/** How late the ticks of a periodic loop began. */
export interface TickTiming {
  /** Number of ticks. */
  readonly count: number;
  /** Number of ticks that began more than {@link LATE_TICK_S} after their due time. */
  readonly lateCount: number;
  /** Largest delay of a tick (s). */
  readonly longestDelayS: number;
}

/** Counts the ticks of a periodic loop and how late they begin. */
export class TickCounter implements TickTiming {
  count = 0;
  lateCount = 0;
  longestDelayS = 0;

  /** Counts a tick that was due at `due` and begins at `now` (s). */
  add(due: number, now: number): void {
    const delay = now - due;
    this.count++;
    if (delay > LATE_TICK_S) this.lateCount++;
    if (delay > this.longestDelayS) this.longestDelayS = delay;
  }
}
