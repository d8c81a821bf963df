import fc from 'fast-check';
import { from, map, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { Stamped } from '../signals/stamped.ts';
import { windowByCount, windowByTime } from './window.ts';

const samples = (stamps: readonly number[]) => from(stamps.map((stamp) => ({ value: stamp, stamp, received: stamp })));
const values = map((window: readonly Stamped<number>[]) => window.map(({ value }) => value));
const steps = fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { maxLength: 100 });
const cumulated = (of: readonly number[]) => {
  let sum = 0;
  return of.map((step) => {
    sum += step;
    return sum;
  });
};
function collect(stamps: readonly number[], operator: ReturnType<typeof windowByCount<number>>): number[][] {
  let out: number[][] = [];
  samples(stamps)
    .pipe(operator, values, toArray())
    .subscribe((all) => {
      out = all;
    });
  return out;
}

describe('windowByCount', () => {
  it('has the last n, oldest first, once there are n', () => {
    expect(collect([1, 2, 3, 4], windowByCount(3))).toEqual([
      [1, 2, 3],
      [2, 3, 4],
    ]);
  });
  it('comes with the sample that fills it', () => {
    new TestScheduler((a, b) => expect(a).toEqual(b)).run(({ cold, expectObservable }) => {
      const of = (stamp: number) => ({ value: stamp, stamp, received: stamp });
      const source = cold('-a-b--c-|', { a: of(1), b: of(2), c: of(3) });
      expectObservable(source.pipe(windowByCount(2), values)).toBe('---x--y-|', { x: [1, 2], y: [2, 3] });
    });
  });
});

describe('windowByTime', () => {
  it('has exactly the samples of the last seconds, and never more than its most', () => {
    fc.assert(
      fc.property(
        steps,
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        fc.integer({ min: 1, max: 9 }),
        (of, seconds, most) => {
          const stamps = cumulated(of);
          collect(stamps, windowByTime(seconds, most)).forEach((window, i) => {
            const inside = stamps.slice(0, i + 1).filter((stamp) => stamp > stamps[i] - seconds);
            expect(window).toEqual(inside.slice(-most));
          });
        },
      ),
    );
  });
  it('hands out arrays that it does not change later', () => {
    const [first] = collect([1, 1.1, 1.2], windowByTime(1, 10));
    expect(first).toEqual([1]);
  });
});

it('refuses windows of nothing', () => {
  expect(() => windowByCount(0)).toThrow('0 samples');
  expect(() => windowByTime(0, 1)).toThrow('0 s');
  expect(() => windowByTime(1, 0)).toThrow('at most 0 samples');
});
