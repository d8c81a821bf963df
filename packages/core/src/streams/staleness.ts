import { Observable, type OperatorFunction } from 'rxjs';
import type { Clock } from '../signals/clock.ts';

/** Whether a stream is alive. */
export interface Freshness {
  readonly state: 'fresh' | 'stale';
  /** Time of the change (s), on the clock given. */
  readonly time: number;
  /** Seconds since the last sample before the change; Infinity when none had come. */
  readonly silence: number;
}

/**
 * Tells when a stream falls silent for more than `seconds` and when it comes back: `fresh` with its first sample, `stale`
 * at the first tick past the deadline, and so on, only changes. A stream that never starts is stale `seconds` after
 * the subscription. Time is the clock's; since a clock has no alarm, `ticks` says when to look (a control period, a timer).
 * Completes with the stream, after which silence is no fault.
 */
export function deadline<T>(clock: Clock, seconds: number, ticks: Observable<unknown>): OperatorFunction<T, Freshness> {
  if (!(seconds > 0)) throw new RangeError(`deadline: ${seconds} s, expected more than 0`);
  return (source) =>
    new Observable((subscriber) => {
      const start = clock.now();
      let last = Number.NEGATIVE_INFINITY;
      let state: Freshness['state'] | undefined;
      const change = (to: Freshness['state'], time: number): void => {
        if (state === to) return;
        state = to;
        subscriber.next({ state: to, time, silence: time - last });
      };
      subscriber.add(
        source.subscribe({
          next: () => {
            const now = clock.now();
            change('fresh', now);
            last = now;
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      );
      subscriber.add(
        ticks.subscribe(() => {
          const now = clock.now();
          if (now - Math.max(last, start) > seconds) change('stale', now);
        }),
      );
    });
}
