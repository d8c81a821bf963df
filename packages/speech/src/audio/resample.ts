import { InputError } from '@praxis/core';
import { type Audio, concatenate } from './audio.ts';

/** Zero crossings of the sinc on either side: more make a steeper filter with a longer delay. */
const ZERO_CROSSINGS = 24;
/** The pass band ends at this share of half the lower rate; the slope of the filter fills the rest. */
const PASS_BAND_SHARE = 0.92;
/** Shape of the Kaiser window: its side lobes are 80 dB down. */
const KAISER_BETA = 8;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * Resamples a stream in blocks of any length by sinc interpolation with a Kaiser window (Smith, "Digital Audio Resampling"). The
 * output does not depend on the division into blocks. Memory: one filter and its overlap.
 */
export class Resampler {
  readonly #upFactor: number;
  readonly #downFactor: number;
  readonly #halfTaps: number;
  readonly #filters: Float32Array;
  /** Input samples from index `#historyStart` on. */
  #history: Float32Array;
  #historyStart: number;
  #inputCount = 0;
  #outputCount = 0;

  /**
   * @param from rate of the input (Hz)
   * @param to rate of the output (Hz)
   * @throws {InputError} unless both rates are whole numbers from 1 to 192000
   */
  constructor(from: number, to: number) {
    for (const rate of [from, to]) {
      if (!Number.isInteger(rate) || rate < 1 || rate > 192_000)
        throw new InputError(`rate ${rate} Hz: expected a whole number from 1 to 192000`);
    }
    const common = gcd(from, to);
    this.#upFactor = to / common;
    this.#downFactor = from / common;
    const band = Math.min(1, to / from);
    this.#halfTaps = Math.ceil(ZERO_CROSSINGS / band);
    this.#filters = new Float32Array(this.#upFactor * 2 * this.#halfTaps);
    for (let phase = 0; phase < this.#upFactor; phase++) this.#designPhase(phase, band * PASS_BAND_SHARE);
    this.#historyStart = -this.#halfTaps;
    this.#history = new Float32Array(this.#halfTaps);
  }

  /** Tap j of a phase weights the sample `j - halfTaps + 1` after the last one at or before the time of the output. */
  #designPhase(phase: number, band: number): void {
    const taps = this.#filters.subarray(phase * 2 * this.#halfTaps, (phase + 1) * 2 * this.#halfTaps);
    let sum = 0;
    for (let j = 0; j < taps.length; j++) {
      const t = j - this.#halfTaps + 1 - phase / this.#upFactor;
      const x = Math.PI * t * band;
      const ratio = t / this.#halfTaps;
      const window = Math.abs(ratio) < 1 ? bessel(KAISER_BETA * Math.sqrt(1 - ratio * ratio)) : 0;
      taps[j] = (x === 0 ? 1 : Math.sin(x) / x) * window;
      sum += taps[j];
    }
    for (let j = 0; j < taps.length; j++) taps[j] /= sum;
  }

  /** @returns the output samples that this block completes */
  resampleBlock(block: Float32Array): Float32Array {
    const all = concatenate([this.#history, block]);
    this.#inputCount += block.length;
    return this.#convolve(all, this.#historyStart + all.length - this.#halfTaps);
  }

  /** Ends the stream. @returns the rest: the whole output lasts as long as the input. Do not use the resampler afterwards. */
  flush(): Float32Array {
    return this.#convolve(concatenate([this.#history, new Float32Array(this.#halfTaps + 1)]), this.#inputCount);
  }

  /** Computes the outputs before input sample `end`. */
  #convolve(all: Float32Array, end: number): Float32Array {
    const until = Math.max(this.#outputCount, Math.ceil((end * this.#upFactor) / this.#downFactor));
    const out = new Float32Array(until - this.#outputCount);
    const { length } = this.#filters.subarray(0, 2 * this.#halfTaps);
    for (let k = 0; k < out.length; k++) {
      const time = (this.#outputCount + k) * this.#downFactor;
      const at = Math.floor(time / this.#upFactor);
      const taps = (time - at * this.#upFactor) * length;
      const from = at - this.#halfTaps + 1 - this.#historyStart;
      let sum = 0;
      for (let j = 0; j < length; j++) sum += this.#filters[taps + j] * all[from + j];
      out[k] = sum;
    }
    this.#outputCount = until;
    const next = Math.floor((until * this.#downFactor) / this.#upFactor) - this.#halfTaps + 1;
    const drop = Math.min(Math.max(next - this.#historyStart, 0), all.length);
    this.#history = all.slice(drop);
    this.#historyStart += drop;
    return out;
  }
}

/** Converts audio to another rate (Hz). @throws {InputError} as {@link Resampler} does */
export function resample({ samples, rate }: Audio, to: number): Audio {
  if (rate === to) return { samples, rate };
  const resampler = new Resampler(rate, to);
  return { samples: concatenate([resampler.resampleBlock(samples), resampler.flush()]), rate: to };
}
