import { array, assert, double, property, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { BucketGrid } from './bucket-grid.ts';

it('keeps a peak of one sample among thousands', () => {
  const grid = new BucketGrid(0, 10, 100);
  for (let k = 0; k < 10_000; k++) grid.add('fz', k / 1000, k === 7_003 ? -80 : 0.25);
  const values = grid.values('fz');
  expect(Math.min(...values)).toBe(-80);
  expect(grid.times[values.indexOf(-80)]).toBeCloseTo(7, 1);
});

it('has the extremes of every bucket, whatever is added', () => {
  const samples = array(tuple(double({ min: 0, max: 8, noNaN: true }), double({ min: -1e3, max: 1e3, noNaN: true })));
  assert(
    property(samples, (added) => {
      const grid = new BucketGrid(0, 8, 16);
      for (const [time, value] of added) grid.add('a', time, value);
      const values = grid.values('a').filter((value) => !Number.isNaN(value));
      expect(values.length > 0).toBe(added.length > 0);
      if (added.length === 0) return;
      const given = added.map(([, value]) => Math.fround(value));
      expect(Math.min(...values)).toBe(Math.min(...given));
      expect(Math.max(...values)).toBe(Math.max(...given));
    }),
  );
});

it('holds a value to the next one, and shows a pause as a gap', () => {
  const grid = new BucketGrid(0, 4, 40);
  for (const time of [0, 0.3, 0.6, 3]) grid.add('gate', time, time);
  const { times } = grid;
  const at = (time: number) => grid.values('gate')[times.findIndex((each) => each >= time - 1e-9)];
  expect([at(0.2), at(0.5), at(0.9)].map((value) => Number(value.toFixed(3)))).toEqual([0, 0.3, 0.6]);
  expect(at(2)).toBeNaN();
  expect(at(3)).toBeCloseTo(3);
});

it('leaves out what is outside, and what is no number', () => {
  const grid = new BucketGrid(1, 2, 4);
  grid.add('a', 0.9, 1);
  grid.add('a', 2.1, 1);
  grid.add('a', 1.5, Number.NaN);
  expect(grid.values('a').every(Number.isNaN)).toBe(true);
  grid.add('a', 2, 5);
  expect(grid.values('a').at(-1)).toBe(5);
});
