import {
  ACTION_SIZE,
  type ActionChunk,
  type ChunkScheduler,
  lerp,
  PolicyError,
  quaternion,
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
  /** Actions of accepted chunks that were past on arrival, because of the inference delay. */
  readonly skippedActions: number;
}

/** Tolerance for rounded times, in rows: an action that is due exactly now is not past. */
const ROUNDING_TOLERANCE_ROWS = 1e-9;
/** Quaternion xyzw of no rotation. */
const IDENTITY = Float64Array.of(0, 0, 0, 1);

/**
 * Receding-horizon scheduler. The newest chunk applies from its arrival on, and actions that are past because of the inference
 * delay are dropped. The step between the old target and the new one fades over `blend` seconds, so that targets are
 * continuous for any arrival time. {@link interpolateChunk} gives the targets between rows.
 */
export class RecedingHorizon implements ChunkScheduler {
  /** Duration of the transition between chunks (s). */
  readonly blend: number;
  /** Time for which the last action holds (s). */
  readonly grace: number;
  readonly #counters = { accepted: 0, outOfOrder: 0, expired: 0, skippedActions: 0 };
  readonly #order = new SampleOrder();
  #chunk: ActionChunk | undefined;
  #arrival = Number.NEGATIVE_INFINITY;
  #blending = false;
  /** Step from the new target to the old one on arrival: position (m), rotation in base axes, width (m). */
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

  /** Counters since the construction; {@link reset} keeps them. */
  get counters(): SchedulerCounters {
    return { ...this.#counters };
  }

  /** Adds a chunk that arrived at `now` (s). It ignores an outdated chunk and counts it. */
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

  /**
   * Computes the target at `now` (s). It returns false and leaves `out` unchanged when no chunk covers this time.
   * @param out target of length ACTION_SIZE: x y z (m, base frame), qx qy qz qw, width (m)
   */
  sample(now: number, out: Float64Array): boolean {
    const chunk = this.#chunk;
    if (!chunk || now < chunk.stamp || now > this.#endTime(chunk)) return false;
    interpolateChunk(chunk, now, out);
    if (this.#blending) this.#applyBlend(now, out);
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

  /** Stores the step from the new chunk's target to the old one that the robot follows now. */
  #storeStep(chunk: ActionChunk, now: number): void {
    const [old, offset] = [this.#old, this.#offset];
    interpolateChunk(chunk, now, offset);
    // old * inverse(new) rotates the new orientation into the old one.
    quaternion.conjugate(offset, this.#rotation, 3);
    quaternion.multiply(old, this.#rotation, offset, 3, 0, 3);
    for (const i of [0, 1, 2, 7]) offset[i] = old[i] - offset[i];
  }

  /** Adds the remaining share of the step. */
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

/**
 * Interpolates a chunk's target at time `now` (s). Positions are linear and orientations spherically linear between rows.
 * The first row holds before its time, and the last row holds after its time.
 * @param out target of length ACTION_SIZE: x y z (m, base frame), qx qy qz qw, width (m)
 */
export function interpolateChunk(
  { stamp, period, horizon, actions }: ActionChunk,
  now: number,
  out: Float64Array,
): void {
  const row = Math.min(Math.max((now - stamp) / period - 1, 0), horizon - 1);
  const a = Math.floor(row) * ACTION_SIZE;
  const b = Math.min(a + ACTION_SIZE, (horizon - 1) * ACTION_SIZE);
  const share = row - Math.floor(row);
  for (let i = 0; i < ACTION_SIZE; i++) out[i] = lerp(actions[a + i], actions[b + i], share);
  quaternion.slerp(actions, actions, share, out, a + 3, b + 3, 3);
}
