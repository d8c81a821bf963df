import fc from 'fast-check';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Stamped } from '../signals/stamped.ts';
import { inOrder, newCounters, SampleOrder } from './sample-order.ts';

const samples = (stamps: readonly number[], delay = 0) =>
  from(stamps.map((stamp) => ({ value: stamp, stamp, received: stamp + delay })));

describe('SampleOrder', () => {
  it('distinguishes newer, equal and older stamps, and stores only accepted ones', () => {
    const order = new SampleOrder();
    expect(order.newest).toBe(Number.NEGATIVE_INFINITY);
    expect(order.judge(1)).toBe('newer');
    expect(order.judge(0)).toBe('newer');
    order.accept(1);
    expect([order.judge(0), order.judge(1), order.judge(2), order.judge(Number.NaN)]).toEqual([
      'reordered',
      'duplicated',
      'newer',
      'unstamped',
    ]);
    order.reset();
    expect(order.judge(0)).toBe('newer');
  });

  it('refuses stamps too far in the future', () => {
    const order = new SampleOrder({ maximumAhead: 0.01 });
    expect(order.judge(1.01, 1)).toBe('newer');
    expect(order.judge(1.011, 1)).toBe('ahead');
    expect(order.judge(Number.POSITIVE_INFINITY, 1)).toBe('ahead');
  });

  it('accepts a sender whose clock was set back once the newest stamp is old enough', () => {
    const order = new SampleOrder({ forgetAfter: 1 });
    order.accept(10);
    expect(order.judge(5, 10.9)).toBe('reordered');
    expect(order.judge(5, 11.1)).toBe('newer');
  });
});

describe('inOrder', () => {
  const stamp = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Number.NaN));
  const sample = fc.record({ stamp, delay: fc.integer({ min: -3, max: 3 }) });
  const options = fc.record({
    maximumAhead: fc.constantFrom(undefined, 0, 2),
    forgetAfter: fc.constantFrom(undefined, 5),
  });

  it('agrees with SampleOrder for each sample and counts every sample', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), options, (list, limits) => {
        const counters = newCounters();
        const out: Stamped<number>[] = [];
        const leftOut: string[] = [];
        const all = list.map(({ stamp, delay }, value) => ({ value, stamp, received: stamp + delay }));
        from(all)
          .pipe(inOrder({ ...limits, counters, onLeftOut: (_, verdict) => leftOut.push(verdict) }))
          .subscribe((each) => out.push(each));
        const order = new SampleOrder(limits);
        const verdicts = all.map(({ stamp, received }) => {
          const verdict = order.judge(stamp, received);
          if (verdict === 'newer') order.accept(stamp);
          return verdict;
        });
        expect(out).toEqual(all.filter((_, i) => verdicts[i] === 'newer'));
        expect(leftOut).toEqual(verdicts.filter((verdict) => verdict !== 'newer'));
        const { received, reordered, duplicated, ahead } = counters;
        expect(received).toBe(all.length);
        expect(out.length + reordered + duplicated + ahead).toBe(all.length);
      }),
    );
  });

  it('passes strictly increasing stamps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 })), (stamps) => {
        const out: number[] = [];
        samples(stamps)
          .pipe(inOrder())
          .subscribe(({ stamp }) => out.push(stamp));
        out.slice(1).forEach((stamp, i) => void expect(stamp).toBeGreaterThan(out[i]));
      }),
    );
  });

  it('counts late, missing, reordered and duplicated samples', () => {
    const counters = newCounters();
    samples([0, 0.1, 0.1, 0.4, 0.3, 0.5])
      .pipe(inOrder({ counters, maximumDelay: 0.05, rateHz: 10 }))
      .subscribe();
    expect(counters).toEqual({ received: 6, late: 0, dropped: 0, missing: 2, reordered: 1, duplicated: 1, ahead: 0 });
    samples([1, 2], 0.06)
      .pipe(inOrder({ counters, maximumDelay: 0.05 }))
      .subscribe();
    expect(counters.late).toBe(2);
    expect(counters.missing).toBe(2);
  });
});
