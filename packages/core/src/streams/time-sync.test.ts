import fc from 'fast-check';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Stamped } from '../signals/stamped.ts';
import { newCounters } from './sample-order.ts';
import { approximateTimeSync, TimeSync } from './time-sync.ts';

const at = (stamp: number): Stamped<number> => ({ value: stamp, stamp, received: stamp + 0.01 });

function setUp(maximumSkew: number, queueSize = 10) {
  const sources = {
    a: new Subject<Stamped<number>>(),
    b: new Subject<Stamped<number>>(),
    c: new Subject<Stamped<number>>(),
  };
  const counters = newCounters();
  const sets: number[][] = [];
  const stamps: number[] = [];
  let completed = false;
  approximateTimeSync<{ a: number; b: number; c: number }>(sources, { maximumSkew, queueSize, counters }).subscribe({
    next: ({ value: { a, b, c }, stamp }) => {
      sets.push([a.stamp, b.stamp, c.stamp]);
      stamps.push(stamp);
    },
    complete: () => {
      completed = true;
    },
  });
  return { sources, counters, sets, stamps, completed: () => completed };
}

describe('approximateTimeSync', () => {
  it('matches samples with near stamps in any order of the streams', () => {
    const { sources, sets } = setUp(0.02);
    for (const t of [0.1, 0.2]) sources.a.next(at(t));
    for (const t of [0.11, 0.21]) sources.b.next(at(t));
    for (const t of [0.095, 0.205]) sources.c.next(at(t));
    expect(sets).toEqual([
      [0.1, 0.11, 0.095],
      [0.2, 0.21, 0.205],
    ]);
  });

  it('takes the last sample of a fast stream not newer than the set', () => {
    const { sources, sets } = setUp(0.02);
    for (const t of [0.088, 0.094, 0.098, 0.104]) sources.a.next(at(t));
    sources.b.next(at(0.1));
    sources.c.next(at(0.1));
    expect(sets).toEqual([[0.098, 0.1, 0.1]]);
  });

  it('never exceeds the skew, keeps the order, uses each sample once and stays within its queues', () => {
    const event = fc.record({
      stream: fc.constantFrom('a' as const, 'b' as const, 'c' as const),
      step: fc.double({ min: -0.05, max: 0.3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), fc.double({ min: 0, max: 0.2, noNaN: true }), (events, skew) => {
        const { sources, counters, sets, stamps } = setUp(skew, 4);
        const core = new TimeSync(3, { maximumSkew: skew, queueSize: 4 });
        const coreSets: number[][] = [];
        const taken: Stamped<unknown>[] = [];
        const time = { a: 0, b: 0, c: 0 };
        for (const { stream, step } of events) {
          time[stream] += step;
          sources[stream].next(at(time[stream]));
          core.push('abc'.indexOf(stream), at(time[stream]));
          while (core.removeSet(taken)) coreSets.push(taken.map((sample) => sample.stamp));
          const { received, dropped, reordered } = counters;
          expect(received - dropped - reordered - 3 * sets.length).toBeLessThanOrEqual(3 * 4);
        }
        expect(sets).toEqual(coreSets);
        for (const set of sets) expect(Math.max(...set) - Math.min(...set)).toBeLessThanOrEqual(skew);
        expect(stamps).toEqual([...stamps].sort((x, y) => x - y));
        expect(stamps).toEqual(sets.map((set) => Math.max(...set)));
      }),
    );
  });

  it('stays bounded if one stream is 100 times faster than the others', () => {
    const { sources, counters, sets } = setUp(0.02, 8);
    for (let i = 0; i < 20000; i++) {
      sources.a.next(at(i * 0.001));
      if (i % 100 === 0) sources.b.next(at(i * 0.001));
      if (i % 100 === 50) sources.c.next(at((i - 50) * 0.001));
      expect(counters.received - counters.dropped - 3 * sets.length).toBeLessThanOrEqual(24);
    }
    // c is 50 ms late, and a's queue spans only 8 ms.
    expect(sets.length).toBe(0);
    const longer = setUp(0.02, 80);
    for (let i = 0; i < 20000; i++) {
      longer.sources.a.next(at(i * 0.001));
      if (i % 100 === 0) longer.sources.b.next(at(i * 0.001));
      if (i % 100 === 50) longer.sources.c.next(at((i - 50) * 0.001));
    }
    expect(longer.sets.length).toBe(200);
  });

  it('matches again after the clock of all streams was set back, without a set across the jump', () => {
    const { sources, sets } = setUp(0.02);
    for (const t of [3600, 3600.1, 5, 5.1, 5.2]) {
      sources.a.next(at(t));
      sources.b.next(at(t + 0.01));
      sources.c.next(at(t));
    }
    expect(sets.map(([a]) => a)).toEqual([3600, 3600.1, 5, 5.1, 5.2]);
  });

  it('completes with the last sample of a completed stream, and forwards errors', () => {
    const { sources, completed } = setUp(0.02);
    sources.a.next(at(0.1));
    sources.a.complete();
    expect(completed()).toBe(false);
    sources.b.next(at(0.1));
    sources.c.next(at(0.1));
    expect(completed()).toBe(true);
    const failing = { a: new Subject<Stamped<number>>() };
    let failure: unknown;
    approximateTimeSync<{ a: number }>(failing, { maximumSkew: 1, queueSize: 1 }).subscribe({
      error: (error) => {
        failure = error;
      },
    });
    failing.a.error('unplugged');
    expect(failure).toBe('unplugged');
  });

  it('refuses an invalid skew and queue size', () => {
    expect(() => setUp(Number.NaN)).toThrow('maximum skew NaN s');
    expect(() => setUp(1, 0)).toThrow('queue size 0');
  });
});
