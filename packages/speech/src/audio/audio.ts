/** Rate at which everything is recognised (Hz). */
export const SPEECH_RATE = 16_000;

/** One channel; full scale is 1. */
export interface Audio {
  readonly samples: Float32Array;
  /** Hz. */
  readonly rate: number;
}

/** Seconds. */
export const durationOf = ({ samples, rate }: Audio): number => samples.length / rate;

/** Root of the mean square; 0 of nothing. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** One after the other; all of one rate. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
