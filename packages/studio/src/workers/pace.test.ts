import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

describe('Pace', () => {
  it('lets simulated time follow the wall, at the speed asked for', () => {
    const pace = new Pace();
    pace.start(10, 2);
    expect(pace.target(10.05, 2)).toBeCloseTo(2.05, 9);
    pace.setSpeed(0.5, 10.05, 2.05);
    expect(pace.target(10.15, 2.05)).toBeCloseTo(2.1, 9);
    pace.setSpeed('max', 10.15, 2.1);
    expect(pace.target(10.15, 2.1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('lets go of what a slow machine cannot make up', () => {
    const pace = new Pace();
    pace.start(0, 0);
    expect(pace.target(5, 0.1)).toBe(0.1);
    expect(pace.target(5.02, 0.1)).toBeCloseTo(0.12, 9);
  });

  it('tells the rate that was reached', () => {
    const pace = new Pace();
    pace.start(0, 0);
    pace.target(0.5, 0.25);
    expect(pace.rate).toBeCloseTo(0.5, 9);
    pace.target(1, 0.75);
    expect(pace.rate).toBeCloseTo(1, 9);
  });
});
