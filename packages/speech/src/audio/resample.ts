import { InputError } from '@praxis/core';
import { type Audio, joined } from './audio.ts';

/** Zero crossings of the sinc on either side: more are steeper and later. */
const CROSSINGS = 24;
/** The pass band ends at this share of half the lower rate; the rest is for the filter's slope. */
const PASS = 0.92;
/** Of the Kaiser window: side lobes 80 dB down. */
const BETA = 8;

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
 * Sinc interpolation under a Kaiser window (Smith, "Digital Audio Resampling") for a stream in blocks of any length; the
 * result does not depend on how the stream is cut. Memory is one filter and its overlap.
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  readonly #filters: Float32Array;
  /** Samples from `#first` on. */
  #kept: Float32Array;
  #first: number;
  #received = 0;
  #made = 0;

  /** @throws {InputError} unless both rates are whole numbers of 1 to 192000 Hz */
  constructor(from: number, to: number) {
    for (const rate of [from, to]) {
      if (!Number.isInteger(rate) || rate < 1 || rate > 192_000)
        throw new InputError(`rate ${rate}: expected 1 to 192000 Hz`);
    }
    const common = gcd(from, to);
    this.#up = to / common;
    this.#down = from / common;
    const band = Math.min(1, to / from);
    this.#half = Math.ceil(CROSSINGS / band);
    this.#filters = new Float32Array(this.#up * 2 * this.#half);
    for (let phase = 0; phase < this.#up; phase++) this.#fill(phase, band * PASS);
    this.#first = -this.#half;
    this.#kept = new Float32Array(this.#half);
  }

  /** Tap j of a phase weighs the sample `j - half + 1` after the one at or before the output's time. */
  #fill(phase: number, band: number): void {
    const taps = this.#filters.subarray(phase * 2 * this.#half, (phase + 1) * 2 * this.#half);
    let sum = 0;
    for (let j = 0; j < taps.length; j++) {
      const t = j - this.#half + 1 - phase / this.#up;
      const x = Math.PI * t * band;
      const ratio = t / this.#half;
      const window = Math.abs(ratio) < 1 ? bessel(BETA * Math.sqrt(1 - ratio * ratio)) : 0;
      taps[j] = (x === 0 ? 1 : Math.sin(x) / x) * window;
      sum += taps[j];
    }
    for (let j = 0; j < taps.length; j++) taps[j] /= sum;
  }

  /** What can be made of the stream so far and was not yet. */
  push(block: Float32Array): Float32Array {
    const all = joined([this.#kept, block]);
    this.#received += block.length;
    return this.#make(all, this.#first + all.length - this.#half);
  }

  /** The rest, with silence after the end: in all as long as the stream was. The resampler is used up. */
  end(): Float32Array {
    return this.#make(joined([this.#kept, new Float32Array(this.#half + 1)]), this.#received);
  }

  /** Every output whose time lies before input `end`. */
  #make(all: Float32Array, end: number): Float32Array {
    const until = Math.max(this.#made, Math.ceil((end * this.#up) / this.#down));
    const out = new Float32Array(until - this.#made);
    const { length } = this.#filters.subarray(0, 2 * this.#half);
    for (let k = 0; k < out.length; k++) {
      const time = (this.#made + k) * this.#down;
      const at = Math.floor(time / this.#up);
      const taps = (time - at * this.#up) * length;
      const from = at - this.#half + 1 - this.#first;
      let sum = 0;
      for (let j = 0; j < length; j++) sum += this.#filters[taps + j] * all[from + j];
      out[k] = sum;
    }
    this.#made = until;
    const next = Math.floor((until * this.#down) / this.#up) - this.#half + 1;
    const drop = Math.min(Math.max(next - this.#first, 0), all.length);
    this.#kept = all.slice(drop);
    this.#first += drop;
    return out;
  }
}

/** The same sound at another rate. */
export function resample({ samples, rate }: Audio, to: number): Audio {
  if (rate === to) return { samples, rate };
  const resampler = new Resampler(rate, to);
  return { samples: joined([resampler.push(samples), resampler.end()]), rate: to };
}
