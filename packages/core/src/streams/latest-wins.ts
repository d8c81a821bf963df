import { Observable, type OperatorFunction } from 'rxjs';
import type { StreamCounters } from './sample-order.ts';

/** Marks an empty slot; `undefined` may be a value. */
const NO_VALUE = Symbol('nothing');

/**
 * Back-pressure for a consumer that is slower than its producer. It consumes one value at a time and continues with the
 * newest value that arrived during the call; the values between are dropped and counted. It stores one value at most and
 * keeps the order. A rejection of the consumer ends the stream with its error. The stored value is still consumed after
 * the source completes.
 */
export function latestWins<T, R>(consume: (value: T) => Promise<R>, counters?: StreamCounters): OperatorFunction<T, R> {
  return (source) =>
    new Observable<R>((subscriber) => {
      let waiting: T | typeof NO_VALUE = NO_VALUE;
      let busy = false;
      let completed = false;

      const run = async (value: T): Promise<void> => {
        busy = true;
        let next: T | typeof NO_VALUE = value;
        while (next !== NO_VALUE && !subscriber.closed) {
          subscriber.next(await consume(next));
          next = waiting;
          waiting = NO_VALUE;
        }
        busy = false;
        if (completed) subscriber.complete();
      };

      return source.subscribe({
        next: (value) => {
          if (counters) counters.received++;
          if (!busy) {
            run(value).catch((error: unknown) => subscriber.error(error));
            return;
          }
          if (counters && waiting !== NO_VALUE) counters.dropped++;
          waiting = value;
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          completed = true;
          if (!busy) subscriber.complete();
        },
      });
    });
}
