/** Sample rate of all recognition (Hz). */
export const SPEECH_SAMPLE_RATE_HZ = 16_000;
/** Lowest sample rate of input audio (Hz). */
export const MIN_SAMPLE_RATE_HZ = 4_000;
/** Highest sample rate of input audio (Hz). */
export const MAX_SAMPLE_RATE_HZ = 192_000;

/** Audio of one channel. */
export interface Audio {
  /** Full scale is 1. */
  readonly samples: Float32Array;
  /** Sample rate (Hz). */
  readonly rate: number;
}

/** Returns the duration (s). */
export const durationS = ({ samples, rate }: Audio): number => samples.length / rate;

/** Root mean square; 0 without samples. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Returns the value below which the given share (0..1) of the values lies; `fallback` without values. */
export function quantile(share: number, values: readonly number[], fallback: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? fallback;
}

/** Joins parts of the same sample rate in their order. */
export function concatenate(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A block that arrives this much earlier or later than its predecessor's end begins a new sequence (s). */
const MAX_STAMP_DRIFT_S = 0.5;

/** Assigns contiguous stamps to blocks that a source records without gaps, because their times of arrival jitter. */
export class Concatenator {
  #previousEnd = Number.NEGATIVE_INFINITY;

  /**
   * @param duration duration of the next block (s)
   * @param received time of its arrival (s)
   * @returns stamp of its first sample (s): the end of the previous block, unless that differs from the arrival by more than
   * 0.5 s
   */
  nextStamp(duration: number, received: number): number {
    const begin = received - duration;
    const stamp = Math.abs(begin - this.#previousEnd) > MAX_STAMP_DRIFT_S ? begin : this.#previousEnd;
    this.#previousEnd = stamp + duration;
    return stamp;
  }
}
