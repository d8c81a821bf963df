import type { Stamped } from '@praxis/core';
import type { Audio } from '../audio/audio.ts';

const LOWEST = 4_000;
const HIGHEST = 192_000;
/** Above this (of full scale) a sample may have been cut off. */
const CUT = 0.998;
/** Share of samples cut off that is heard as distortion. */
const DISTORTED = 0.01;
/** Time over which that share is taken (s). */
const OVER = 0.5;

/** Says what is wrong with a block; undefined when it can be used. */
export function faultOf({ value: { samples, rate }, stamp }: Stamped<Audio>): string | undefined {
  if (!Number.isFinite(stamp)) return `stamp ${stamp}, expected seconds`;
  if (!Number.isInteger(rate) || rate < LOWEST || rate > HIGHEST) {
    return `rate ${rate} Hz, expected a whole number of ${LOWEST} to ${HIGHEST}`;
  }
  const broken = samples.findIndex((sample) => !Number.isFinite(sample));
  return broken < 0 ? undefined : `sample ${broken} is ${samples[broken]}`;
}

/** Tells when a microphone is overdriven. */
export class Clipping {
  #share = 0;

  /** True while more than 1 % of the last half second is at full scale. */
  push({ samples, rate }: Audio): boolean {
    if (samples.length > 0) {
      let cut = 0;
      for (const sample of samples) if (Math.abs(sample) >= CUT) cut++;
      const weight = 1 - Math.exp(-samples.length / rate / OVER);
      this.#share += weight * (cut / samples.length - this.#share);
    }
    return this.#share > DISTORTED;
  }
}
