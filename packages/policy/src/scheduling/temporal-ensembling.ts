import { type ActionChunk, ActionRows, type ChunkScheduler, exp, PolicyError } from '@praxis/core';
import { ChunkIntake, endOfChunk, type SchedulerCounters } from './chunk-intake.ts';

/** Weights of the chunks, and times of the transitions between them. */
export interface TemporalEnsemblingOptions {
  /**
   * Rate m of the weights exp(-m i), i = 0 for the oldest chunk: the larger, the slower a new observation counts. Default 0.01, as in the
   * source's program.
   */
  readonly decay?: number;
  /** Duration of the transition after a chunk has come or ended (s); 0 jumps. Default 0.05. */
  readonly blend?: number;
  /** Time for which the last action holds before the queue counts as empty (s). Default 0.02. */
  readonly grace?: number;
}

/** A chunk in use. */
interface Member {
  readonly chunk: ActionChunk;
  readonly rows: ActionRows;
  /** Time of its last action (s). */
  readonly end: number;
}

/**
 * Temporal ensembling: the target of a time is the weighted mean of what all chunks that cover it predict for it, with the weight
 * exp(-m i) for the i-th oldest (Zhao et al., Learning Fine-Grained Bimanual Manipulation with Low-Cost Hardware, RSS 2023, section IV-A). It
 * smooths what single predictions differ by, and follows a new observation the more slowly, the more chunks overlap.
 *
 * The source infers in every control step. Here chunks come less often than targets are asked for, so that the step of the mean when one comes
 * or ends fades over `blend` seconds: targets are continuous for any arrival time. Orientations are averaged by turns along the shorter way,
 * angles likewise; what snaps follows the newest chunk.
 */
export class TemporalEnsembling implements ChunkScheduler {
  /** Rate of the weights. */
  readonly decay: number;
  /** Duration of the transitions (s). */
  readonly blend: number;
  /** Time for which the last action holds (s). */
  readonly grace: number;
  readonly #intake: ChunkIntake;
  /** Weight of a chunk beside that of the next newer one. */
  readonly #ratio: number;
  /** Chunks in use, the newest first. */
  #members: readonly Member[] = [];
  /** Time of the last action of all members (s). */
  #end = Number.NEGATIVE_INFINITY;
  /** Start of the transition (s), and the step from the mean to the target before it. */
  #changed = Number.NEGATIVE_INFINITY;
  #blending = false;
  #offset = new Float64Array(0);
  #old = new Float64Array(0);
  /** What an older chunk predicts, and the step to it from the mean of the newer ones. */
  #row = new Float64Array(0);
  #step = new Float64Array(0);

  /** @throws {PolicyError} for a negative option */
  constructor({ decay = 0.01, blend = 0.05, grace = 0.02 }: TemporalEnsemblingOptions = {}) {
    if (!(decay >= 0 && blend >= 0 && grace >= 0)) {
      throw new PolicyError(
        `temporal ensembling: decay ${decay}, blend ${blend} s and grace ${grace} s, expected all >= 0`,
      );
    }
    this.decay = decay;
    this.blend = blend;
    this.grace = grace;
    this.#intake = new ChunkIntake(grace);
    this.#ratio = exp(decay);
  }

  /** Counters since the construction; {@link reset} keeps them. */
  get counters(): SchedulerCounters {
    return this.#intake.counters;
  }

  /**
   * Adds a chunk that arrived at `now` (s). It ignores an outdated chunk, and one from the future, and counts it. After the
   * clock went back, the next chunk replaces all others; so does one of other blocks.
   */
  addChunk(chunk: ActionChunk, now: number): void {
    if (!this.#intake.accepts(chunk, now, () => this.reset())) return;
    const rows = new ActionRows(chunk);
    const [newest] = this.#members;
    const member = { chunk, rows, end: endOfChunk(chunk) };
    if (!newest?.rows.matches(rows)) this.#allocate(rows.size);
    if (newest?.rows.matches(rows) && this.sample(now, this.#old)) this.#follow([member, ...this.#members], now);
    else {
      this.#members = [member];
      this.#end = member.end;
      this.#blending = false;
    }
  }

  /**
   * Computes the targets at `now` (s). It returns false and leaves `out` unchanged when no chunk covers this time. Allocates only when a
   * chunk ends.
   * @param out the blocks of the chunk, one after another
   */
  sample(now: number, out: Float64Array): boolean {
    const newest: Member | undefined = this.#members[0];
    if (!newest || now < newest.chunk.stamp || now > this.#end + this.grace) return false;
    if (now <= this.#end && this.#hasEnded(now)) {
      this.#target(now, this.#old);
      this.#follow(
        this.#members.filter(({ end }) => now <= end),
        now,
      );
    }
    this.#target(now, out);
    return true;
  }

  /** Discards all chunks, at the start of another episode. */
  reset(): void {
    this.#members = [];
    this.#blending = false;
    this.#intake.reset();
  }

  #allocate(size: number): void {
    this.#offset = new Float64Array(size);
    this.#old = new Float64Array(size);
    this.#row = new Float64Array(size);
    this.#step = new Float64Array(size);
  }

  #hasEnded(now: number): boolean {
    for (let i = 0; i < this.#members.length; i++) if (now > this.#members[i].end) return true;
    return false;
  }

  /** Follows other chunks from now on; the step from `#old`, the target until now, fades. */
  #follow(members: readonly Member[], now: number): void {
    this.#members = members;
    this.#end = Math.max(...members.map(({ end }) => end));
    this.#changed = now;
    this.#blending = this.blend > 0;
    this.#mean(now, this.#offset);
    members[0].rows.difference(this.#offset, this.#old, this.#offset);
  }

  /** Writes the mean and what is left of the step. */
  #target(now: number, out: Float64Array): void {
    this.#mean(now, out);
    if (!this.#blending) return;
    const left = 1 - (now - this.#changed) / this.blend;
    if (left > 0) this.#members[0].rows.addStep(this.#offset, Math.min(left, 1), out);
    else this.#blending = false;
  }

  /** Writes the weighted mean of the members' predictions: that of the newest, moved towards each older one by its share of the weights. */
  #mean(now: number, out: Float64Array): void {
    let [weight, total] = [1, 1];
    this.#members[0].rows.interpolate(now, out);
    for (let i = 1; i < this.#members.length; i++) {
      const { rows } = this.#members[i];
      weight *= this.#ratio;
      total += weight;
      rows.interpolate(now, this.#row);
      rows.difference(out, this.#row, this.#step);
      rows.addStep(this.#step, weight / total, out);
    }
  }
}
