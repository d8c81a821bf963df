import fc from 'fast-check';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { inOrder, monitor, newCounters } from './sample-order.ts';

const samples = (stamps: readonly number[], delay = 0) =>
  from(stamps.map((stamp) => ({ value: stamp, stamp, received: stamp + delay })));

describe('monitor', () => {
  it('counts what is late, missing, out of order and twice, and passes all on', () => {
    const counters = newCounters();
    const out: number[] = [];
    samples([0, 0.1, 0.1, 0.4, 0.3, 0.5])
      .pipe(monitor(counters, { maximumDelay: 0.05, rateHz: 10 }))
      .subscribe(({ stamp }) => out.push(stamp));
    expect(out).toHaveLength(6);
    expect(counters).toEqual({ received: 6, late: 0, dropped: 0, missing: 2, reordered: 1, duplicated: 1 });
    samples([1, 2], 0.06)
      .pipe(monitor(counters, { maximumDelay: 0.05, rateHz: 0 }))
      .subscribe();
    expect(counters.late).toBe(2);
    expect(counters.missing).toBe(2);
  });
});

describe('inOrder', () => {
  it('lets through a strictly rising sequence, and every sample is accounted for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 })), (stamps) => {
        const counters = newCounters();
        const out: number[] = [];
        samples(stamps)
          .pipe(inOrder(counters))
          .subscribe(({ stamp }) => out.push(stamp));
        out.slice(1).forEach((stamp, i) => void expect(stamp).toBeGreaterThan(out[i]));
        expect(out.length + counters.reordered + counters.duplicated).toBe(stamps.length);
      }),
    );
  });
});
