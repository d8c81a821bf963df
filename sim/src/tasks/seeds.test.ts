import { describe, expect, it } from 'vitest';
import { checkSeed, MAX_SEED, wordingsOf } from './seeds.ts';

describe('wordingsOf', () => {
  it('returns the set of the range that contains the seed', () => {
    expect([0, 999_999, 1_000_000, 1_999_999, 2_000_000].map(wordingsOf)).toEqual([
      'train',
      'train',
      'validation',
      'validation',
      'report',
    ]);
  });
});

describe('checkSeed', () => {
  it('accepts both ends of the range and refuses values outside it and fractions', () => {
    for (const seed of [0, MAX_SEED]) expect(() => checkSeed(seed)).not.toThrow();
    for (const seed of [-1, 0.5, MAX_SEED + 1, Number.NaN]) {
      expect(() => checkSeed(seed)).toThrow(`seed ${seed}: expected a whole number from 0 to 2147483647`);
    }
  });
});
