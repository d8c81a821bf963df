import { ACTION_SIZE, type ActionChunk, type ChunkScheduler, PolicyError, quaternion, SampleOrder } from '@praxis/core';
import { interpolateChunk } from './interpolate-chunk.ts';

/** How chunks follow each other. */
export interface RecedingHorizonOptions {
  /** Seconds over which the targets pass from the old chunk to the new one; 0 jumps. Default 0.05. */
  readonly blend?: number;
  /** Seconds for which the last action is held before the queue counts as empty. Default 0.02. */
  readonly grace?: number;
}

/** What became of the chunks since the scheduler was made. */
export interface SchedulerCounters {
  /** Chunks taken. */
  readonly accepted: number;
  /** Chunks ignored because their observation is older than that of the chunk in use. */
  readonly outOfOrder: number;
  /** Chunks ignored because all of their actions were past on arrival. */
  readonly expired: number;
  /** Actions of taken chunks that were past on arrival: what the inference delay cost. */
  readonly skippedActions: number;
}

/** In rows: an action that is due now is not past because its time is rounded. */
const ROUNDING_TOLERANCE_ROWS = 1e-9;
const IDENTITY = Float64Array.of(0, 0, 0, 1);

/**
 * Receding horizon: the newest chunk holds from the moment it arrives, actions that the inference delay made past are
 * dropped, and the step between the old target and the new one fades over `blend` seconds, so that targets are
 * continuous however late chunks come. Between rows positions are linear and orientations spherically linear; before
 * the first row the first one holds.
 */
export class RecedingHorizon implements ChunkScheduler {
  /** s, as in {@link RecedingHorizonOptions}. */
  readonly blend: number;
  /** s, as in {@link RecedingHorizonOptions}. */
  readonly grace: number;
  readonly #counters = { accepted: 0, outOfOrder: 0, expired: 0, skippedActions: 0 };
  readonly #order = new SampleOrder();
  #chunk: ActionChunk | undefined;
  #arrival = Number.NEGATIVE_INFINITY;
  #blending = false;
  /** From the new target to the old one on arrival: metres, a rotation in base axes, metres of width. */
  readonly #offset = new Float64Array(ACTION_SIZE);
  readonly #old = new Float64Array(ACTION_SIZE);
  readonly #rotation = new Float64Array(4);

  constructor({ blend = 0.05, grace = 0.02 }: RecedingHorizonOptions = {}) {
    if (!(blend >= 0 && grace >= 0)) {
      throw new PolicyError(`receding horizon: blend ${blend} s and grace ${grace} s, expected both >= 0`);
    }
    this.blend = blend;
    this.grace = grace;
  }

  /** Since the scheduler was made; {@link reset} leaves them. */
  get counters(): SchedulerCounters {
    return { ...this.#counters };
  }

  addChunk(chunk: ActionChunk, now: number): void {
    if (this.#order.judge(chunk.stamp) === 'reordered') {
      this.#counters.outOfOrder++;
      return;
    }
    if (now > this.#endTime(chunk)) {
      this.#counters.expired++;
      return;
    }
    this.#counters.accepted++;
    const past = Math.ceil((now - chunk.stamp) / chunk.period - 1 - ROUNDING_TOLERANCE_ROWS);
    this.#counters.skippedActions += Math.min(Math.max(past, 0), chunk.horizon);

    this.#blending = this.blend > 0 && this.sample(now, this.#old);
    this.#chunk = chunk;
    this.#order.accept(chunk.stamp);
    this.#arrival = now;
    if (this.#blending) this.#storeStep(chunk, now);
  }

  sample(now: number, out: Float64Array): boolean {
    const chunk = this.#chunk;
    if (!chunk || now < chunk.stamp || now > this.#endTime(chunk)) return false;
    interpolateChunk(chunk, now, out);
    if (this.#blending) this.#applyBlend(now, out);
    return true;
  }

  /** Forgets the chunk in use: another episode begins. */
  reset(): void {
    this.#chunk = undefined;
    this.#order.reset();
    this.#blending = false;
  }

  #endTime({ stamp, period, horizon }: ActionChunk): number {
    return stamp + horizon * period + this.grace;
  }

  /** Remembers the step from the new chunk's target to the old one that the robot follows now. */
  #storeStep(chunk: ActionChunk, now: number): void {
    const [old, offset] = [this.#old, this.#offset];
    interpolateChunk(chunk, now, offset);
    // old * inverse(new): what turns the new orientation into the old one.
    quaternion.conjugate(offset, this.#rotation, 3);
    quaternion.multiply(old, this.#rotation, offset, 3, 0, 3);
    for (const i of [0, 1, 2, 7]) offset[i] = old[i] - offset[i];
  }

  /** Adds what is left of the step. */
  #applyBlend(now: number, out: Float64Array): void {
    const left = 1 - (now - this.#arrival) / this.blend;
    if (left <= 0) {
      this.#blending = false;
      return;
    }
    const share = Math.min(left, 1);
    for (let i = 0; i < 3; i++) out[i] += share * this.#offset[i];
    out[7] += share * this.#offset[7];
    quaternion.slerp(IDENTITY, this.#offset, share, this.#rotation, 0, 3);
    quaternion.multiply(this.#rotation, out, out, 0, 3, 3);
  }
}
