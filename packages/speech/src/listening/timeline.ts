import type { Stamped } from '@praxis/core';
import { type Audio, durationOf } from '../audio/audio.ts';

/** Stamps may be off by this much before sound is taken to be missing (s). */
const JUMP = 0.25;
/** Sound after which its rate is judged (s), and by how much it may differ: stamps of a network jitter. */
const JUDGED = 2;
const OFF = 0.1;

/** Where in time a stream of sound is: from the count of samples to stamps. */
export class Timeline {
  /** Count (s of sound) and stamp of the last block's beginning. */
  #count = 0;
  #stamp = 0;
  #length = 0;
  /** Since when the rate is judged. */
  #since: { readonly stamp: number; readonly count: number } | undefined;
  #rateFault: string | undefined;
  #torn = false;

  /** Sound before the next block was lost. */
  tear(): void {
    this.#torn = true;
  }

  /** What is wrong with the rate, as far as stamps tell. */
  get rateFault(): string | undefined {
    return this.#rateFault;
  }

  /** True when this block does not follow the last one. */
  jumps({ stamp }: Stamped<Audio>): boolean {
    return this.#since !== undefined && (this.#torn || Math.abs(stamp - this.end) > JUMP);
  }

  push(block: Stamped<Audio>): void {
    const { value, stamp } = block;
    const count = this.#count + this.#length;
    if (!this.#since || this.jumps(block)) {
      this.#since = { stamp, count };
      this.#rateFault = undefined;
      this.#torn = false;
    }
    this.#judge(stamp - this.#since.stamp, count - this.#since.count, stamp, count, value.rate);
    [this.#count, this.#stamp, this.#length] = [count, stamp, durationOf(value)];
  }

  #judge(elapsed: number, heard: number, stamp: number, count: number, rate: number): void {
    if (Math.max(elapsed, heard) < JUDGED) return;
    const ratio = heard / Math.max(elapsed, 1e-3);
    this.#rateFault =
      Math.abs(ratio - 1) > OFF ? `says ${rate} Hz, comes at ${Math.round(rate * ratio)} Hz` : undefined;
    this.#since = { stamp, count };
  }

  /** Stamp of the end of what has come. */
  get end(): number {
    return this.#stamp + this.#length;
  }

  /** Stamp of a moment so many seconds of sound from the beginning. */
  at(count: number): number {
    return this.#stamp + count - this.#count;
  }
}
