import { type ActionChunk, ActionRows, type ChunkScheduler, PolicyError } from '@praxis/core';
import { ChunkIntake, endOfChunk, type SchedulerCounters } from './chunk-intake.ts';

/** Times of the transition between chunks and at the end of the last one. */
export interface RecedingHorizonOptions {
  /** Duration of the transition from the old chunk to the new one (s); 0 jumps. Default 0.05. */
  readonly blend?: number;
  /** Time for which the last action holds before the queue counts as empty (s). Default 0.02. */
  readonly grace?: number;
}

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
  readonly #intake: ChunkIntake;
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
    this.#intake = new ChunkIntake(grace);
  }

  /** Counters since the construction; {@link reset} keeps them. */
  get counters(): SchedulerCounters {
    return this.#intake.counters;
  }

  /**
   * Adds a chunk that arrived at `now` (s). It ignores an outdated chunk, and one from the future, and counts it. After the
   * clock went back, the next chunk replaces the one in use.
   */
  addChunk(chunk: ActionChunk, now: number): void {
    if (!this.#intake.accepts(chunk, now, () => this.reset())) return;
    const rows = new ActionRows(chunk);
    if (!this.#rows?.matches(rows)) {
      this.#offset = new Float64Array(rows.size);
      this.#old = new Float64Array(rows.size);
    }
    this.#blending = this.blend > 0 && this.#rows?.matches(rows) === true && this.sample(now, this.#old);
    this.#chunk = chunk;
    this.#rows = rows;
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
    if (!chunk || !rows || now < chunk.stamp || now > endOfChunk(chunk) + this.grace) return false;
    rows.interpolate(now, out);
    if (this.#blending) this.#applyBlend(rows, now, out);
    return true;
  }

  /** Discards the chunk in use, at the start of another episode. */
  reset(): void {
    this.#chunk = undefined;
    this.#intake.reset();
    this.#blending = false;
  }

  /** Adds the remaining share of the step. */
  #applyBlend(rows: ActionRows, now: number, out: Float64Array): void {
    const left = 1 - (now - this.#arrival) / this.blend;
    if (left > 0) rows.addStep(this.#offset, Math.min(left, 1), out);
  }
}
