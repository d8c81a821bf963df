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

  it('starts anew at the second sample in a row after the clock of the sender was set back; a straggler restarts nothing', () => {
    const order = new SampleOrder();
    order.accept(100);
    expect(order.judge(5)).toBe('reordered');
    expect(order.judge(100.1)).toBe('newer');
    order.accept(100.1);
    expect(order.judge(5)).toBe('reordered');
    expect(order.judge(5)).toBe('reordered');
    expect(order.judge(5.1)).toBe('restarted');
    order.accept(5.1);
    expect([order.newest, order.judge(5.2)]).toEqual([5.1, 'newer']);
  });

  it('starts anew at once if the newest stamp lies in the future: one sample stamped ahead blocks nothing', () => {
    const order = new SampleOrder();
    order.accept(3600);
    expect(order.judge(5, 5)).toBe('restarted');
    // Up to the bound it is an error of the clocks: the sample is refused, for no longer than the bound.
    order.accept(5.9);
    expect(order.judge(5.1, 5.1)).toBe('reordered');
    expect(order.judge(5.95, 5.95)).toBe('newer');
  });
});

describe('inOrder', () => {
  const stamp = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Number.NaN));
  const sample = fc.record({ stamp, delay: fc.integer({ min: -3, max: 3 }) });
  const options = fc.record({
    maximumAhead: fc.constantFrom(undefined, 0, 2),
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
          if (verdict === 'newer' || verdict === 'restarted') order.accept(stamp);
          return verdict;
        });
        const passes = (verdict: string) => verdict === 'newer' || verdict === 'restarted';
        expect(out).toEqual(all.filter((_, i) => passes(verdicts[i])));
        expect(leftOut).toEqual(verdicts.filter((verdict) => !passes(verdict)));
        expect(counters.restarted).toBe(verdicts.filter((verdict) => verdict === 'restarted').length);
        const { received, reordered, duplicated, ahead } = counters;
        expect(received).toBe(all.length);
        expect(out.length + reordered + duplicated + ahead).toBe(all.length);
      }),
    );
  });

  it('passes strictly increasing stamps while they go back by less than a jump of the clock', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 })), (stamps) => {
        const out: number[] = [];
        samples(stamps.map((stamp) => stamp / 32))
          .pipe(inOrder())
          .subscribe(({ stamp }) => out.push(stamp));
        out.slice(1).forEach((stamp, i) => void expect(stamp).toBeGreaterThan(out[i]));
      }),
    );
  });

  it('reports the step of a clock that was set back, once', () => {
    const counters = newCounters();
    const steps: number[] = [];
    const out: number[] = [];
    samples([3600, 3600.5, 10, 10.5, 11])
      .pipe(inOrder({ counters, onRestart: (_, step) => steps.push(step) }))
      .subscribe(({ stamp }) => out.push(stamp));
    expect(out).toEqual([3600, 3600.5, 10, 10.5, 11]);
    expect([steps, counters.restarted, counters.reordered]).toEqual([[-3590.5], 1, 0]);
  });

  it('counts late, missing, reordered and duplicated samples', () => {
    const counters = newCounters();
    samples([0, 0.1, 0.1, 0.4, 0.3, 0.5])
      .pipe(inOrder({ counters, maximumDelay: 0.05, rateHz: 10 }))
      .subscribe();
    expect(counters).toEqual({ ...newCounters(), received: 6, missing: 2, reordered: 1, duplicated: 1 });
    samples([1, 2], 0.06)
      .pipe(inOrder({ counters, maximumDelay: 0.05 }))
      .subscribe();
    expect(counters.late).toBe(2);
    expect(counters.missing).toBe(2);
  });
});
