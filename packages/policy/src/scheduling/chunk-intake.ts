import { type ActionChunk, CLOCK_JUMP_S, SampleOrder } from '@praxis/core';

/** Counters of accepted and ignored chunks since the construction of the scheduler. */
export interface SchedulerCounters {
  /** Accepted chunks. */
  readonly accepted: number;
  /** Chunks ignored because their observation is older than that of the newest chunk in use. */
  readonly outOfOrder: number;
  /** Chunks ignored because all of their actions were past on arrival. */
  readonly expired: number;
  /** Chunks ignored because their observation lies in the future by more than a clock may be off. */
  readonly ahead: number;
  /** Actions of accepted chunks that were past on arrival, because of the inference delay. */
  readonly skippedActions: number;
}

/** Tolerance for rounded times, in rows: an action that is due exactly now is not past. */
const ROUNDING_TOLERANCE_ROWS = 1e-9;

/** Time of the last action of a chunk (s). */
export const endOfChunk = ({ stamp, period, horizon }: ActionChunk): number => stamp + horizon * period;

/** Decides for every scheduler which chunks it may follow, and counts them. */
export class ChunkIntake {
  readonly #grace: number;
  readonly #counters = { accepted: 0, outOfOrder: 0, expired: 0, ahead: 0, skippedActions: 0 };
  readonly #order = new SampleOrder({ maximumAhead: CLOCK_JUMP_S });

  /** @param grace time after its last action for which a chunk still counts (s) */
  constructor(grace: number) {
    this.#grace = grace;
  }

  /** Counters since the construction; {@link reset} keeps them. */
  get counters(): SchedulerCounters {
    return { ...this.#counters };
  }

  /**
   * True for a chunk that arrived at `now` (s) to be followed.
   * @param onRestart called before the answer for a chunk after the clock went back: all chunks in use are from before
   */
  accepts(chunk: ActionChunk, now: number, onRestart: () => void): boolean {
    const order = this.#order.judge(chunk.stamp, now);
    if (order === 'reordered' || order === 'ahead') {
      this.#counters[order === 'ahead' ? 'ahead' : 'outOfOrder']++;
      return false;
    }
    if (order === 'restarted') {
      this.reset();
      onRestart();
    }
    if (now > endOfChunk(chunk) + this.#grace) {
      this.#counters.expired++;
      return false;
    }
    this.#counters.accepted++;
    const past = Math.ceil((now - chunk.stamp) / chunk.period - 1 - ROUNDING_TOLERANCE_ROWS);
    this.#counters.skippedActions += Math.min(Math.max(past, 0), chunk.horizon);
    this.#order.accept(chunk.stamp);
    return true;
  }

  /** Forgets the newest chunk. */
  reset(): void {
    this.#order.reset();
  }
}
