import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondsOf, timeOf } from './time.ts';

describe('timeOf', () => {
  it('is inverted by secondsOf to the resolution of a float64', () => {
    fc.assert(
      fc.property(fc.double({ min: -(2 ** 31), max: 2 ** 31 - 2, noNaN: true }), (seconds) => {
        const time = timeOf(seconds);
        expect(time.nanosec).toBeGreaterThanOrEqual(0);
        expect(time.nanosec).toBeLessThan(1e9);
        expect(Math.abs(secondsOf(time) - seconds)).toBeLessThanOrEqual(5e-7);
      }),
    );
  });

  it('carries rounded nanoseconds into the seconds', () => {
    expect(timeOf(1.9999999999)).toEqual({ sec: 2, nanosec: 0 });
    expect(timeOf(-0.25)).toEqual({ sec: -1, nanosec: 750_000_000 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, -(2 ** 31) - 1])('refuses %d', (seconds) => {
    expect(() => timeOf(seconds)).toThrow(InputError);
  });
});
