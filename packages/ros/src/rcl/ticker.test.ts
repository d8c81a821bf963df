import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { everyPeriod } from './ticker.ts';

describe('everyPeriod', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const started = (burst?: number) => {
    let time = 100;
    const due: number[] = [];
    const stop = everyPeriod(
      () => time,
      0.002,
      (at) => due.push(Math.round(1000 * (at - 100))),
      burst,
    );
    const advance = (seconds: number) => {
      time += seconds;
      vi.advanceTimersByTime(1);
      return due.splice(0);
    };
    return { advance, stop };
  };

  it('runs the periods that a late timer missed, all at once', () => {
    const { advance, stop } = started();
    expect(advance(0)).toEqual([0]);
    expect(advance(0.0101)).toEqual([2, 4, 6, 8, 10]);
    stop();
    expect(advance(0.01)).toEqual([]);
  });

  it('lets other work in between them when bursts are limited, and loses none', () => {
    const { advance } = started(1);
    expect(advance(0.0061)).toEqual([0]);
    expect([advance(0.001), advance(0.001), advance(0.001), advance(0.001)]).toEqual([[2], [4], [6], [8]]);
    expect(advance(0)).toEqual([10]);
    expect(advance(0)).toEqual([]);
  });

  it('skips the periods of a long delay, and begins anew when the clock was set back', () => {
    const { advance } = started();
    advance(0);
    expect(advance(1)).toEqual([1000]);
    expect(advance(-5)).toEqual([-4000]);
  });
});
