import fc from 'fast-check';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Stamped } from '../signals/stamped.ts';
import { holdPrevious, interpolateLinear, type ResampleOptions, resample } from './resample.ts';

function collect<T>(samples: readonly Stamped<T>[], options: ResampleOptions<T>): Stamped<T>[] {
  const out: Stamped<T>[] = [];
  from(samples)
    .pipe(resample(options))
    .subscribe((sample) => out.push(sample));
  return out;
}
const of = (stamp: number): Stamped<Float64Array> => ({
  value: Float64Array.of(stamp, 3 - 2 * stamp),
  stamp,
  received: stamp + 0.02,
});

describe('resample', () => {
  it('linear interpolation is exact for a linear signal on the grid at any input rate', () => {
    const steps = fc.array(fc.double({ min: 0.001, max: 0.3, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 200 }), (gaps, rateHz) => {
        let time = 0.05;
        const samples = gaps.map((gap) => {
          time += gap;
          return of(time);
        });
        const out = collect(samples, { rateHz, interpolate: interpolateLinear, maximumGap: 1 });
        for (const { value, stamp } of out) {
          expect(Math.abs(stamp * rateHz - Math.round(stamp * rateHz))).toBeLessThan(1e-9);
          expect(Math.abs(value[0] - stamp)).toBeLessThan(1e-6);
          expect(Math.abs(value[1] - 3 + 2 * stamp)).toBeLessThan(1e-6);
        }
        const first = samples[0].stamp * rateHz;
        const last = samples[samples.length - 1].stamp * rateHz;
        expect(Math.abs(out.length - (last - first))).toBeLessThanOrEqual(1 + 1e-3);
        out.slice(1).forEach((sample, i) => void expect(sample.stamp).toBeGreaterThan(out[i].stamp));
      }),
    );
  });

  it('hold returns the last sample at or before each time', () => {
    const named = (value: string, stamp: number) => ({ value, stamp, received: stamp });
    const samples = [named('a', 0), named('b', 0.25), named('c', 0.5)];
    const out = collect(samples, { rateHz: 10, interpolate: holdPrevious, maximumGap: 1 });
    expect(out.map(({ value }) => value).join('')).toBe('aaabbc');
  });

  it('does not fill a long gap and ignores a late sample', () => {
    const out = collect([of(0), of(0.1), of(0.05), of(1e6), of(1e6 + 0.1)], {
      rateHz: 10,
      interpolate: interpolateLinear,
      maximumGap: 0.5,
    });
    expect(out.map(({ stamp }) => stamp)).toEqual([0, 0.1, 1e6, 1e6 + 0.1]);
  });

  it('restarts after the clock was set back, or after one sample stamped ahead', () => {
    const options = { rateHz: 10, interpolate: interpolateLinear, maximumGap: 0.5 };
    const stamps = (given: readonly number[]) => collect(given.map(of), options).map(({ stamp }) => stamp);
    expect(stamps([3600, 3600.1, 5, 5.1])).toEqual([3600, 3600.1, 5, 5.1]);
    expect(stamps([5, 3600, 5.1, 5.2])).toEqual([5, 3600, 5.1, 5.2]);
  });

  it('takes the time of receipt from the sample that completes it', () => {
    expect(
      collect([of(0), of(0.15)], { rateHz: 10, interpolate: interpolateLinear, maximumGap: 1 })[1].received,
    ).toBeCloseTo(0.17, 12);
  });

  it('refuses a rate of 0', () => {
    expect(() => resample({ rateHz: 0, interpolate: holdPrevious, maximumGap: 1 })).toThrow('0 Hz');
    expect(() => resample({ rateHz: 1, interpolate: holdPrevious, maximumGap: 0 })).toThrow('maximum gap 0 s');
  });
});
