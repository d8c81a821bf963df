import { standardNormal } from './ziggurat.ts';

// Increment of splitmix: 2^32 divided by the golden ratio.
const SPLITMIX_INCREMENT = 0x9e3779b9;

/** One step of splitmix32. It turns neighbouring seeds into unrelated ones. */
function mix(x: number): number {
  let z = x | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** FNV-1a of the label's UTF-16 code units. */
function hash(label: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < label.length; i++) h = Math.imul(h ^ label.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/**
 * Seeded random numbers that are identical in every engine: sfc32 of PractRand, seeded through splitmix32. A label
 * selects an independent sub-stream, so that an additional draw for one purpose does not change the numbers of another.
 *
 * @example
 * const lights = new Random(seed, 'lights');
 * const poses = new Random(seed, 'poses');
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /**
   * @param seed any safe integer
   * @param label name of the sub-stream
   * @throws {RangeError} when the seed is not a safe integer.
   */
  constructor(seed: number, label = '') {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`seed ${seed}: expected a safe integer`);
    const low = seed >>> 0;
    const high = Math.floor(seed / 2 ** 32) | 0;
    const tag = hash(label);
    const state = mix(low ^ mix(high + SPLITMIX_INCREMENT));
    this.#a = mix((state + SPLITMIX_INCREMENT) ^ tag);
    this.#b = mix(state + 2 * SPLITMIX_INCREMENT + mix(tag));
    this.#c = mix(state + 3 * SPLITMIX_INCREMENT);
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** Draws 32 random bits as an integer in 0..2^32-1. */
  bits(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    this.#c |= 0;
    return t >>> 0;
  }

  /** Draws a number from the uniform distribution on [lo, hi), with 53 random bits. */
  uniform(lo: number, hi: number): number {
    const fraction = ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) * 2 ** -53;
    return lo + (hi - lo) * fraction;
  }

  /** Draws an integer in 0..n-1. */
  integer(n: number): number {
    return Math.floor(this.uniform(0, n));
  }

  /** Draws a number from the normal distribution. */
  normal(mean: number, std: number): number {
    return mean + std * standardNormal(this);
  }

  /** Returns true with probability p. */
  chance(p: number): boolean {
    return this.uniform(0, 1) < p;
  }

  /**
   * Draws one element with equal probability.
   * @throws {RangeError} when the array is empty.
   */
  pick<T>(array: readonly T[]): T {
    if (array.length === 0) throw new RangeError('pick: the array is empty');
    return array[this.integer(array.length)];
  }

  /** Shuffles the array in place (Fisher-Yates) and returns it. */
  shuffle<T>(array: T[]): T[] {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [array[i], array[j]] = [array[j], array[i]];
    }
    return array;
  }
}
