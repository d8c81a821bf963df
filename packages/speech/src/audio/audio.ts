/** Rate at which everything is recognised (Hz). */
export const SPEECH_SAMPLE_RATE_HZ = 16_000;

/** One channel; full scale is 1. */
export interface Audio {
  readonly samples: Float32Array;
  /** Hz. */
  readonly rate: number;
}

/** Seconds. */
export const durationS = ({ samples, rate }: Audio): number => samples.length / rate;

/** Root of the mean square; 0 of nothing. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** The level (dB) that a share of the levels is below; `otherwise` without levels. */
export function quantile(share: number, levels: readonly number[], otherwise: number): number {
  const sorted = [...levels].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? otherwise;
}

/** One after the other; all of one rate. */
export function concatenate(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** s by which pieces may come earlier or later than one after the other. */
const MAX_STAMP_DRIFT_S = 0.5;

/** Stamps of pieces of sound that come one after the other without a gap: when a piece came says little of when it was heard. */
export class Concatenator {
  #previousEnd = Number.NEGATIVE_INFINITY;

  /**
   * @param duration of the next piece (s)
   * @param received when it came (s)
   * @returns stamp of its first sample (s): the end of the piece before, unless that is {@link MAX_STAMP_DRIFT_S} off
   */
  nextStamp(duration: number, received: number): number {
    const begin = received - duration;
    const stamp = Math.abs(begin - this.#previousEnd) > MAX_STAMP_DRIFT_S ? begin : this.#previousEnd;
    this.#previousEnd = stamp + duration;
    return stamp;
  }
}
