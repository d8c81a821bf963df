import fc from 'fast-check';
import { Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { latestWins } from './latest-wins.ts';
import { newCounters } from './sample-order.ts';

/** A consumer that the test completes. */
function consumer() {
  const consumed: number[] = [];
  let finish: (() => void) | undefined;
  const consume = (value: number): Promise<number> => {
    expect(finish).toBeUndefined();
    consumed.push(value);
    return new Promise((resolve) => {
      finish = () => {
        finish = undefined;
        resolve(value);
      };
    });
  };
  const done = async () => {
    finish?.();
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  return { taken: consumed, consume, done, busy: () => finish !== undefined };
}

describe('latestWins', () => {
  it('passes the newest value to a consumer that is 100 times slower, in order, and stores one value', async () => {
    const source = new Subject<number>();
    const counters = newCounters();
    const { taken: consumed, consume, done } = consumer();
    const out: number[] = [];
    source.pipe(latestWins(consume, counters)).subscribe((value) => out.push(value));
    for (let i = 1; i <= 10000; i++) {
      source.next(i);
      if (i % 100 === 0) {
        expect(counters.received - counters.dropped - consumed.length).toBeLessThanOrEqual(1);
        await done();
        expect(consumed.at(-1)).toBe(i);
      }
    }
    expect(consumed).toEqual([1, ...Array.from({ length: 100 }, (_, i) => 100 * (i + 1))]);
    expect(out).toEqual(consumed.slice(0, -1));
  });

  it('keeps the order, uses no value twice and counts every value at any timing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('value', 'done'), { maxLength: 60 }), async (steps) => {
        const source = new Subject<number>();
        const counters = newCounters();
        const { taken: consumed, consume, done, busy } = consumer();
        source.pipe(latestWins(consume, counters)).subscribe();
        let value = 0;
        for (const step of steps) {
          if (step === 'value') source.next(++value);
          else await done();
        }
        const waiting = counters.received - counters.dropped - consumed.length;
        expect(counters.received).toBe(value);
        expect(waiting === 0 || (waiting === 1 && busy())).toBe(true);
        expect(consumed).toEqual([...new Set(consumed)].sort((a, b) => a - b));
        await done();
        if (value > 0) expect(consumed.at(-1)).toBe(value);
      }),
    );
  });

  it('completes after the last value is consumed', async () => {
    const source = new Subject<number>();
    const { consume, done } = consumer();
    let completed = false;
    const out: number[] = [];
    source.pipe(latestWins(consume)).subscribe({ next: (v) => out.push(v), complete: () => (completed = true) });
    source.next(1);
    source.next(2);
    source.complete();
    await done();
    expect(completed).toBe(false);
    await done();
    expect(out).toEqual([1, 2]);
    expect(completed).toBe(true);
  });

  it('forwards rejections of the consumer and errors of the source', async () => {
    const errors: unknown[] = [];
    const source = new Subject<number>();
    source.pipe(latestWins(() => Promise.reject(new Error('no')))).subscribe({ error: (error) => errors.push(error) });
    source.next(1);
    for (let i = 0; i < 5; i++) await Promise.resolve();
    expect(String(errors[0])).toBe('Error: no');
    new TestScheduler((a, b) => expect(a).toEqual(b)).run(({ cold, expectObservable }) => {
      expectObservable(cold<string>('--#').pipe(latestWins(async (value) => value))).toBe('--#');
    });
  });
});
