import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectableDrop, detectablePairedDifference } from './detectable-effect.ts';

/** Logarithms of k!. */
const LOG_FACTORIAL = Array.from({ length: 501 }, () => 0);
for (let k = 1; k < LOG_FACTORIAL.length; k++) LOG_FACTORIAL[k] = LOG_FACTORIAL[k - 1] + Math.log(k);

const binomial = (n: number, k: number, p: number): number =>
  Math.exp(LOG_FACTORIAL[n] - LOG_FACTORIAL[k] - LOG_FACTORIAL[n - k] + k * Math.log(p) + (n - k) * Math.log1p(-p));

/** Exact power of McNemar's asymptotic test: over all numbers of pairs that differ, and of those that the first arm won. */
function powerOfMcNemar(n: number, discordance: number, delta: number): number {
  let power = 0;
  for (let differing = 1; differing <= n; differing++) {
    const weight = binomial(n, differing, discordance);
    for (let first = 0; first <= differing; first++) {
      if (Math.abs(2 * first - differing) / Math.sqrt(differing) <= 1.959963984540054) continue;
      power += weight * binomial(differing, first, (discordance + delta) / (2 * discordance));
    }
  }
  return power;
}

describe('the detectable paired difference', () => {
  it.each([
    [100, 0.3],
    [200, 0.2],
    [500, 0.1],
  ])('of %i pairs of which the share %f differs is found with a power of about 0.8', (n, discordance) => {
    const delta = detectablePairedDifference(n, discordance)!;
    expect(powerOfMcNemar(n, discordance, delta)).toBeGreaterThan(0.77);
    expect(powerOfMcNemar(n, discordance, delta)).toBeLessThan(0.83);
  });

  it('satisfies the formula, falls with more pairs and grows with the share that differs', () => {
    const cases = fc.tuple(fc.integer({ min: 20, max: 2000 }), fc.double({ min: 0, max: 0.9, noNaN: true }));
    fc.assert(
      fc.property(cases, ([n, discordance]) => {
        const delta = detectablePairedDifference(n, discordance)!;
        const psi = Math.max(delta, discordance);
        const root = 1.959963984540054 * Math.sqrt(psi) + 0.8416212335729143 * Math.sqrt(psi - delta ** 2);
        expect(root ** 2 / delta ** 2 / n).toBeCloseTo(1, 6);
        expect(detectablePairedDifference(2 * n, discordance)!).toBeLessThan(delta);
        expect(detectablePairedDifference(n, Math.min(1, discordance + 0.1))!).toBeGreaterThanOrEqual(delta);
      }),
    );
  });

  it('does not exist for a few pairs', () => {
    expect([detectablePairedDifference(0, 0), detectablePairedDifference(3, 0.5)]).toEqual([null, null]);
  });
});

describe('the detectable drop', () => {
  it('agrees with the tables of Cohen: effect 0.20 takes 392 episodes each, 0.50 takes 63', () => {
    for (const [n, h] of [
      [392, 0.2],
      [63, 0.5],
    ]) {
      const drop = detectableDrop(n, 0.9)!;
      expect(2 * Math.asin(Math.sqrt(0.9)) - 2 * Math.asin(Math.sqrt(0.9 - drop))).toBeCloseTo(h, 2);
    }
  });

  it('lies between 0 and the rate, falls with more episodes, and is null where no rate is low enough', () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(cases, ([n, rate]) => {
        const drop = detectableDrop(n, rate);
        if (drop === null) return;
        expect(drop).toBeGreaterThan(0);
        expect(drop).toBeLessThanOrEqual(rate);
        expect(detectableDrop(2 * n, rate)!).toBeLessThan(drop);
      }),
    );
    expect([detectableDrop(0, 0.5), detectableDrop(200, 0), detectableDrop(5, 0.3)]).toEqual([null, null, null]);
  });
});
