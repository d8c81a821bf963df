import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkAgeLimit, MAXIMUM_CHUNK_AGE_S } from './chunk-age.ts';

/** The shipped policy: 16 actions, 50 ms apart, each 0.1 s. */
const spec = { horizon: 16, actionPeriod: 0.05, inferencePeriod: 0.1 };

describe('the largest age of a chunk', () => {
  it.each([
    [0.03, 0.4],
    [0.08, 0.4],
    [0.13, 0.4],
    [0.23, 0.69],
    [0.33, 0.8],
  ])('with inferences of %d s is %d s', (delay, limit) => {
    expect(chunkAgeLimit(spec, delay)).toBeCloseTo(limit, 12);
  });

  it('lets a chunk last until it is replaced, for every delay that its horizon can bridge', () => {
    assert(
      property(double({ min: 0, max: 0.4, noNaN: true }), (delay) => {
        const replacedAt = delay + Math.max(spec.inferencePeriod, delay);
        expect(chunkAgeLimit(spec, delay)).toBeGreaterThanOrEqual(replacedAt);
      }),
    );
  });

  it('is never past the last action of a chunk', () => {
    assert(
      property(double({ min: 0, max: 5, noNaN: true }), (delay) => {
        expect(chunkAgeLimit(spec, delay)).toBeLessThanOrEqual(0.8 + 1e-12);
        expect(chunkAgeLimit({ ...spec, horizon: 4 }, delay)).toBe(MAXIMUM_CHUNK_AGE_S);
      }),
    );
  });
});
