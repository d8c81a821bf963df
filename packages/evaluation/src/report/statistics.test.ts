import { describe, expect, it } from 'vitest';
import { maximum, mean, quantile, wilson95 } from './statistics.ts';

describe('wilson95', () => {
  it('agrees with published values', () => {
    // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    const published: [number, number, number, number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [successes, tried, lo, hi] of published) {
      expect(wilson95(successes, tried)[0]).toBeCloseTo(lo, 4);
      expect(wilson95(successes, tried)[1]).toBeCloseTo(hi, 4);
    }
  });

  it('stays inside 0..1 and is the whole interval without trials', () => {
    expect(wilson95(0, 0)).toEqual([0, 1]);
    expect(wilson95(200, 200)[1]).toBe(1);
  });
});

describe('quantile', () => {
  it('interpolates between neighbours of unsorted values', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 0], 0.95)).toBeCloseTo(9.5, 12);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('is null without values', () => {
    expect([quantile([], 0.5), mean([]), maximum([])]).toEqual([null, null, null]);
  });
});
