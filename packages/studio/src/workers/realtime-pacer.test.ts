import { describe, expect, it } from 'vitest';
import { RealtimePacer } from './realtime-pacer.ts';

describe('RealtimePacer', () => {
  it('lets simulated time follow wall time at the requested speed', () => {
    const pacer = new RealtimePacer();
    pacer.start(10, 2);
    expect(pacer.targetTime(10.05, 2)).toBeCloseTo(2.05, 9);
    pacer.setSpeed(0.5, 10.05, 2.05);
    expect(pacer.targetTime(10.15, 2.05)).toBeCloseTo(2.1, 9);
    pacer.setSpeed('max', 10.15, 2.1);
    expect(pacer.targetTime(10.15, 2.1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('skips the lag that a slow machine cannot recover', () => {
    const pacer = new RealtimePacer();
    pacer.start(0, 0);
    expect(pacer.targetTime(5, 0.1)).toBe(0.1);
    expect(pacer.targetTime(5.02, 0.1)).toBeCloseTo(0.12, 9);
  });

  it('measures the achieved rate', () => {
    const pacer = new RealtimePacer();
    pacer.start(0, 0);
    pacer.targetTime(0.5, 0.25);
    expect(pacer.rate).toBeCloseTo(0.5, 9);
    pacer.targetTime(1, 0.75);
    expect(pacer.rate).toBeCloseTo(1, 9);
  });
});
