import type { Stamped } from '@praxis/core';
import { type Audio, durationS } from '../audio/audio.ts';

/** Stamps may be off by this much before sound is taken to be missing (s). */
const MAX_STAMP_JUMP_S = 0.25;
/** Sound after which its rate is judged (s), and by how much it may differ: stamps of a network jitter. */
const RATE_CHECK_PERIOD_S = 2;
const MAX_RATE_ERROR_SHARE = 0.1;

/** Where in time a stream of sound is: from the count of samples to stamps. */
export class AudioTimeline {
  /** Count (s of sound) and stamp of the last block's beginning. */
  #blockStartS = 0;
  #blockStamp = 0;
  #blockDurationS = 0;
  /** Since when the rate is judged. */
  #rateCheckStart: { readonly stamp: number; readonly count: number } | undefined;
  #rateError: string | undefined;
  #hasGap = false;

  /** Sound before the next block was lost. */
  markGap(): void {
    this.#hasGap = true;
  }

  /** What is wrong with the rate, as far as stamps tell. */
  get rateError(): string | undefined {
    return this.#rateError;
  }

  /** True when this block does not follow the last one. */
  isDiscontinuous({ stamp }: Stamped<Audio>): boolean {
    return this.#rateCheckStart !== undefined && (this.#hasGap || Math.abs(stamp - this.end) > MAX_STAMP_JUMP_S);
  }

  acceptBlock(block: Stamped<Audio>): void {
    const { value, stamp } = block;
    const count = this.#blockStartS + this.#blockDurationS;
    if (!this.#rateCheckStart || this.isDiscontinuous(block)) {
      this.#rateCheckStart = { stamp, count };
      this.#rateError = undefined;
      this.#hasGap = false;
    }
    this.#checkRate(stamp - this.#rateCheckStart.stamp, count - this.#rateCheckStart.count, stamp, count, value.rate);
    [this.#blockStartS, this.#blockStamp, this.#blockDurationS] = [count, stamp, durationS(value)];
  }

  #checkRate(elapsedS: number, soundS: number, stamp: number, count: number, rate: number): void {
    if (Math.max(elapsedS, soundS) < RATE_CHECK_PERIOD_S) return;
    const ratio = soundS / Math.max(elapsedS, 1e-3);
    this.#rateError =
      Math.abs(ratio - 1) > MAX_RATE_ERROR_SHARE
        ? `says ${rate} Hz, comes at ${Math.round(rate * ratio)} Hz`
        : undefined;
    this.#rateCheckStart = { stamp, count };
  }

  /** Stamp of the end of what has come. */
  get end(): number {
    return this.#blockStamp + this.#blockDurationS;
  }

  /** Stamp of a moment so many seconds of sound from the beginning. */
  stampAt(count: number): number {
    return this.#blockStamp + count - this.#blockStartS;
  }
}
