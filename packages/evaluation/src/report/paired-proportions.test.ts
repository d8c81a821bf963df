import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countPairs, mcNemarExact, newcombePaired95, type PairCounts, pairsIn } from './paired-proportions.ts';
import { wilson95 } from './statistics.ts';

const table = (both: number, onlyFirst: number, onlySecond: number, neither: number): PairCounts => ({
  ...{ both, onlyFirst, onlySecond, neither },
});

const count = fc.nat(60);
const tables = fc.tuple(count, count, count, count).map((counts) => table(...counts));
const filled = tables.filter((counts) => pairsIn(counts) > 0);

const swapped = ({ both, onlyFirst, onlySecond, neither }: PairCounts) => table(both, onlySecond, onlyFirst, neither);

describe('the interval of a paired difference', () => {
  it.each([
    // Bentur et al. 2009 and Cavo et al. 2012, as Fagerland, Lydersen and Laake 2014 give them.
    [table(1, 1, 7, 12), -0.286, -0.507, -0.026, 3],
    [table(59, 6, 16, 80), -0.0621, -0.1186, -0.0046, 4],
    // Altman et al., Statistics with Confidence, 2nd ed. 2000, table 6.2.
    [table(14, 5, 0, 22), 0.122, 0.011, 0.226, 3],
  ])('agrees with published values of %j', (counts, difference, low, high, digits) => {
    const found = newcombePaired95(counts)!;
    expect(found.difference).toBeCloseTo(difference, digits);
    expect(found.interval95[0]).toBeCloseTo(low, digits);
    expect(found.interval95[1]).toBeCloseTo(high, digits);
  });

  it('holds the difference, stays within -1..1, and is mirrored when the arms change places', () => {
    fc.assert(
      fc.property(filled, (counts) => {
        const { difference, interval95 } = newcombePaired95(counts)!;
        expect(interval95[0]).toBeGreaterThanOrEqual(-1);
        expect(interval95[1]).toBeLessThanOrEqual(1);
        expect(interval95[0]).toBeLessThanOrEqual(difference);
        expect(interval95[1]).toBeGreaterThanOrEqual(difference);
        const mirrored = newcombePaired95(swapped(counts))!;
        expect(mirrored.difference).toBeCloseTo(-difference, 12);
        expect(mirrored.interval95[0]).toBeCloseTo(-interval95[1], 12);
        expect(mirrored.interval95[1]).toBeCloseTo(-interval95[0], 12);
      }),
    );
  });

  it('is narrower with the same shares of more pairs', () => {
    const width = ([low, high]: readonly [number, number]): number => high - low;
    fc.assert(
      fc.property(filled, ({ both, onlyFirst, onlySecond, neither }) => {
        const one = newcombePaired95(table(both, onlyFirst, onlySecond, neither))!;
        const four = newcombePaired95(table(4 * both, 4 * onlyFirst, 4 * onlySecond, 4 * neither))!;
        expect(width(four.interval95)).toBeLessThan(width(one.interval95));
      }),
    );
  });

  it('is that of independent proportions when an arm always succeeded, which tells nothing of the correlation', () => {
    const { interval95 } = newcombePaired95(table(8, 2, 0, 0))!;
    const [[l1, u1], [l2, u2]] = [wilson95(10, 10), wilson95(8, 10)];
    expect(interval95[0]).toBeCloseTo(0.2 - Math.hypot(1 - l1, u2 - 0.8), 12);
    expect(interval95[1]).toBeCloseTo(0.2 + Math.hypot(u1 - 1, 0.8 - l2), 12);
  });

  it('does not exist without pairs', () => {
    expect(newcombePaired95(table(0, 0, 0, 0))).toBeNull();
  });
});

describe("McNemar's exact test", () => {
  it('agrees with published values', () => {
    // Fagerland, Lydersen and Laake 2013: Bentur et al. 2009, Cavo et al. 2012.
    expect(mcNemarExact(table(1, 1, 7, 12))).toBeCloseTo(0.0703, 4);
    expect(mcNemarExact(table(59, 6, 16, 80))).toBeCloseTo(0.0525, 4);
  });

  it('is 1 without pairs that differ and with as many on each side, and does not depend on the order of the arms', () => {
    expect([mcNemarExact(table(3, 0, 0, 4)), mcNemarExact(table(0, 5, 5, 0))]).toEqual([1, 1]);
    fc.assert(
      fc.property(tables, (counts) => {
        const p = mcNemarExact(counts);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(mcNemarExact(swapped(counts))).toBe(p);
      }),
    );
  });

  it('computes the tails of thousands of pairs', () => {
    expect(mcNemarExact(table(0, 0, 2000, 0))).toBe(0);
    // 5000 pairs with 2500 expected and a standard deviation of 35.36: about 2 sigma below.
    expect(mcNemarExact(table(0, 2430, 2570, 0))).toBeCloseTo(0.0492, 3);
  });
});

it('countPairs counts each kind of pair', () => {
  const pairs = [
    [true, true],
    [true, false],
    [true, false],
    [false, true],
    [false, false],
  ] as const;
  expect(countPairs(pairs)).toEqual(table(1, 2, 1, 1));
});
