import { describe, expect, it } from 'vitest';
import { ReplayedClock, SimulatedClock, SystemClock } from './clock.ts';

describe('clocks', () => {
  it('simulated time advances only on request', () => {
    const clock = new SimulatedClock(5);
    expect(clock.now()).toBe(5);
    clock.advance(0.5);
    clock.advanceTo(7);
    expect(clock.now()).toBe(7);
    expect(() => clock.advance(-1)).toThrow('advance by -1 s');
    expect(() => clock.advanceTo(6)).toThrow('advance to 6 s');
    expect(() => clock.advance(Number.NaN)).toThrow('NaN');
  });

  it('replayed time is the latest receipt', () => {
    const clock = new ReplayedClock();
    expect(clock.now()).toBe(Number.NEGATIVE_INFINITY);
    for (const time of [1, 3, 2]) clock.observe(time);
    expect(clock.now()).toBe(3);
  });

  it('system time is seconds since 1970 and never decreases', () => {
    const clock = new SystemClock();
    const before = clock.now();
    expect(Math.abs(before - Date.now() / 1000)).toBeLessThan(5);
    expect(clock.now()).toBeGreaterThanOrEqual(before);
  });
});
