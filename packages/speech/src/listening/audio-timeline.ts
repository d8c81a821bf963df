import type { Stamped } from '@praxis/core';
import { type Audio, durationS } from '../audio/audio.ts';

/** A larger difference between a stamp and the end of the previous block is a gap (s). */
const MAX_STAMP_JUMP_S = 0.25;
/** Time between two checks of the rate (s): stamps from a network jitter too much for shorter ones. */
const RATE_CHECK_PERIOD_S = 2;
/** Tolerated relative difference between the declared and the measured rate. */
const MAX_RATE_ERROR_SHARE = 0.1;

/** Maps positions in a stream (s of audio from its beginning) to stamps, and detects gaps and wrong sample rates. */
export class AudioTimeline {
  /** Position (s of audio) and stamp (s) of the start of the last block. */
  #blockStartS = 0;
  #blockStamp = 0;
  #blockDurationS = 0;
  /** Start of the current check of the rate: stamp (s) and position (s of audio). */
  #rateCheckStart: { readonly stamp: number; readonly positionS: number } | undefined;
  #rateError: string | undefined;
  #hasGap = false;

  /** Declares that audio before the next block was lost. */
  markGap(): void {
    this.#hasGap = true;
  }

  /** The declared and the measured rate where they differ; undefined while they agree. */
  get rateError(): string | undefined {
    return this.#rateError;
  }

  /** True when a gap separates this block from the last one. */
  isDiscontinuous({ stamp }: Stamped<Audio>): boolean {
    return this.#rateCheckStart !== undefined && (this.#hasGap || Math.abs(stamp - this.end) > MAX_STAMP_JUMP_S);
  }

  acceptBlock(block: Stamped<Audio>): void {
    const { value, stamp } = block;
    const positionS = this.#blockStartS + this.#blockDurationS;
    if (!this.#rateCheckStart || this.isDiscontinuous(block)) {
      this.#rateCheckStart = { stamp, positionS };
      this.#rateError = undefined;
      this.#hasGap = false;
    }
    const { stamp: startStamp, positionS: startPositionS } = this.#rateCheckStart;
    this.#checkRate(stamp - startStamp, positionS - startPositionS, stamp, positionS, value.rate);
    [this.#blockStartS, this.#blockStamp, this.#blockDurationS] = [positionS, stamp, durationS(value)];
  }

  #checkRate(elapsedS: number, audioS: number, stamp: number, positionS: number, rate: number): void {
    if (Math.max(elapsedS, audioS) < RATE_CHECK_PERIOD_S) return;
    const ratio = audioS / Math.max(elapsedS, 1e-3);
    this.#rateError =
      Math.abs(ratio - 1) > MAX_RATE_ERROR_SHARE
        ? `declared ${rate} Hz, measured ${Math.round(rate * ratio)} Hz`
        : undefined;
    this.#rateCheckStart = { stamp, positionS };
  }

  /** Stamp of the end of the last block (s). */
  get end(): number {
    return this.#blockStamp + this.#blockDurationS;
  }

  /** @param positionS seconds of audio from the beginning. @returns its stamp (s) */
  stampAt(positionS: number): number {
    return this.#blockStamp + positionS - this.#blockStartS;
  }
}
