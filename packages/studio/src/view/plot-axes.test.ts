import { describe, expect, it } from 'vitest';
import { fixed, sampleRange, timeRange, valueRange } from './plot-axes.ts';

describe('timeRange', () => {
  it('shows the first seconds in whole, then the last ones', () => {
    expect(timeRange(undefined, 8)).toEqual([0, 8]);
    expect(timeRange(3, 8)).toEqual([0, 8]);
    expect(timeRange(20, 8)).toEqual([12, 20]);
  });
});

describe('valueRange', () => {
  it('keeps noise small and contains every sample', () => {
    expect(valueRange(undefined, undefined, 5)).toEqual([-5, 5]);
    expect(valueRange(-0.2, 0.3, 5)).toEqual([-5, 5]);
    expect(valueRange(-98, 3, 5)).toEqual([-98, 5]);
  });
});

it('sampleRange() contains every sample with a margin, and does not magnify noise', () => {
  const around = ([low, high]: [number, number]) => [low, high].map((value) => Number(value.toFixed(6)));
  expect(around(sampleRange(1.57, 1.5701))).toEqual([1.52005, 1.62005]);
  expect(around(sampleRange(-1, 3))).toEqual([-1.2, 3.2]);
  expect(around(sampleRange(undefined, undefined))).toEqual([-0.05, 0.05]);
});

it('fixed() gives zero no sign', () => {
  expect([fixed(-0.004, 2), fixed(-0.04, 2), fixed(0.04, 0), fixed(-12.34, 1)]).toEqual([
    '0.00',
    '-0.04',
    '0',
    '-12.3',
  ]);
});
