import {
  type ActionChunk,
  ActionRows,
  type ChunkScheduler,
  CLOCK_JUMP_S,
  PolicyError,
  SampleOrder,
} from '@praxis/core';

/** Times of the transition between chunks and at the end of the last one. */
export interface RecedingHorizonOptions {
  /** Duration of the transition from the old chunk to the new one (s); 0 jumps. Default 0.05. */
  readonly blend?: number;
  /** Time for which the last action holds before the queue counts as empty (s). Default 0.02. */
  readonly grace?: number;
}

/** Counters of accepted and ignored chunks since the construction of the scheduler. */
export interface SchedulerCounters {
  /** Accepted chunks. */
  readonly accepted: number;
  /** Chunks ignored because their observation is older than that of the chunk in use. */
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

/**
 * Receding-horizon scheduler. The newest chunk applies from its arrival on, and actions that are past because of the inference
 * delay are dropped. The step between the old target and the new one fades over `blend` seconds, so that targets are
 * continuous for any arrival time. `ActionRows` gives the targets between rows, by the rule of each action space.
 */
export class RecedingHorizon implements ChunkScheduler {
  /** Duration of the transition between chunks (s). */
  readonly blend: number;
  /** Time for which the last action holds (s). */
  readonly grace: number;
  readonly #counters = { accepted: 0, outOfOrder: 0, expired: 0, ahead: 0, skippedActions: 0 };
  readonly #order = new SampleOrder({ maximumAhead: CLOCK_JUMP_S });
  #chunk: ActionChunk | undefined;
  #rows: ActionRows | undefined;
  #arrival = Number.NEGATIVE_INFINITY;
  #blending = false;
  /** Step from the new target to the old one on arrival. */
  #offset = new Float64Array(0);
  #old = new Float64Array(0);

  constructor({ blend = 0.05, grace = 0.02 }: RecedingHorizonOptions = {}) {
    if (!(blend >= 0 && grace >= 0)) {
      throw new PolicyError(`receding horizon: blend ${blend} s and grace ${grace} s, expected both >= 0`);
    }
    this.blend = blend;
    this.grace = grace;
  }

  /** Counters since the construction; {@link reset} keeps them. */
  get counters(): SchedulerCounters {
    return { ...this.#counters };
  }

  /**
   * Adds a chunk that arrived at `now` (s). It ignores an outdated chunk, and one from the future, and counts it. After the
   * clock went back, the next chunk replaces the one in use.
   */
  addChunk(chunk: ActionChunk, now: number): void {
    const order = this.#order.judge(chunk.stamp, now);
    if (order === 'reordered' || order === 'ahead') {
      this.#counters[order === 'ahead' ? 'ahead' : 'outOfOrder']++;
      return;
    }
    if (order === 'restarted') this.reset();
    if (now > this.#endTime(chunk)) {
      this.#counters.expired++;
      return;
    }
    this.#counters.accepted++;
    const past = Math.ceil((now - chunk.stamp) / chunk.period - 1 - ROUNDING_TOLERANCE_ROWS);
    this.#counters.skippedActions += Math.min(Math.max(past, 0), chunk.horizon);

    const rows = new ActionRows(chunk);
    if (!this.#rows?.matches(rows)) {
      this.#offset = new Float64Array(rows.size);
      this.#old = new Float64Array(rows.size);
    }
    this.#blending = this.blend > 0 && this.#rows?.matches(rows) === true && this.sample(now, this.#old);
    this.#chunk = chunk;
    this.#rows = rows;
    this.#order.accept(chunk.stamp);
    this.#arrival = now;
    if (!this.#blending) return;
    rows.interpolate(now, this.#offset);
    rows.difference(this.#offset, this.#old, this.#offset);
  }

  /**
   * Computes the targets at `now` (s). It returns false and leaves `out` unchanged when no chunk covers this time.
   * @param out the blocks of the chunk, one after another
   */
  sample(now: number, out: Float64Array): boolean {
    const chunk = this.#chunk;
    const rows = this.#rows;
    if (!chunk || !rows || now < chunk.stamp || now > this.#endTime(chunk)) return false;
    rows.interpolate(now, out);
    if (this.#blending) this.#applyBlend(rows, now, out);
    return true;
  }

  /** Discards the chunk in use, at the start of another episode. */
  reset(): void {
    this.#chunk = undefined;
    this.#order.reset();
    this.#blending = false;
  }

  #endTime({ stamp, period, horizon }: ActionChunk): number {
    return stamp + horizon * period + this.grace;
  }

  /** Adds the remaining share of the step. */
  #applyBlend(rows: ActionRows, now: number, out: Float64Array): void {
    const left = 1 - (now - this.#arrival) / this.blend;
    if (left > 0) rows.addStep(this.#offset, Math.min(left, 1), out);
  }
}
