import { Observable } from 'rxjs';
import type { Stamped } from '../signals/stamped.ts';
import type { StreamCounters } from './sample-order.ts';

export interface TimeSyncOptions {
  /** The most by which the stamps in one set may differ (s). */
  readonly maximumSkew: number;
  /** How many samples of each stream may wait for the others; the oldest makes room. */
  readonly queueSize: number;
  readonly counters?: StreamCounters;
}

/** One sample of each stream. */
export type TimeSet<S extends Record<string, unknown>> = { readonly [K in keyof S]: Stamped<S[K]> };

/** Samples of one stream that wait, in order of their stamps. */
class Queue {
  readonly samples: Stamped<unknown>[] = [];
  newest = Number.NEGATIVE_INFINITY;
  completed = false;
}

/**
 * Puts together one sample of each stream whose stamps differ by `maximumSkew` at most. A sample is used once; sets come
 * in the order of their stamps, as soon as one can be made; of several samples of a stream that would do, the last one
 * not newer than the set is taken. A sample that came out of order is dropped. A set's `stamp` is its newest, and its
 * `received` the latest.
 *
 * Completes when a stream has completed and nothing of it waits.
 */
export function approximateTimeSync<S extends Record<string, unknown>>(
  sources: { readonly [K in keyof S]: Observable<Stamped<S[K]>> },
  { maximumSkew, queueSize, counters }: TimeSyncOptions,
): Observable<Stamped<TimeSet<S>>> {
  if (!(maximumSkew >= 0)) throw new RangeError(`time sync: maximum skew ${maximumSkew} s, expected at least 0`);
  if (!(queueSize >= 1)) throw new RangeError(`time sync: queue size ${queueSize}, expected at least 1`);
  const names = Object.keys(sources) as (keyof S & string)[];

  return new Observable((subscriber) => {
    const queues = names.map(() => new Queue());
    const drop = (queue: Queue): void => {
      queue.samples.shift();
      if (counters) counters.dropped++;
    };

    const takeSet = (newest: number): Stamped<TimeSet<S>> => {
      const set: Record<string, Stamped<unknown>> = {};
      let received = Number.NEGATIVE_INFINITY;
      queues.forEach((queue, i) => {
        while (queue.samples.length > 1 && queue.samples[1].stamp <= newest) drop(queue);
        const sample = queue.samples.shift()!;
        received = Math.max(received, sample.received);
        set[names[i]] = sample;
      });
      return { value: set as TimeSet<S>, stamp: newest, received };
    };

    const match = (): void => {
      while (queues.every((queue) => queue.samples.length > 0)) {
        const stamps = queues.map((queue) => queue.samples[0].stamp);
        const newest = Math.max(...stamps);
        const oldest = Math.min(...stamps);
        // All others are newer than this one by more than the bound, and will be: it can never be paired.
        if (newest - oldest > maximumSkew) drop(queues[stamps.indexOf(oldest)]);
        else subscriber.next(takeSet(newest));
      }
      if (queues.some((queue) => queue.completed && queue.samples.length === 0)) subscriber.complete();
    };

    const push = (queue: Queue, sample: Stamped<unknown>): void => {
      if (counters) counters.received++;
      if (sample.stamp < queue.newest) {
        if (counters) counters.reordered++;
        return;
      }
      queue.newest = sample.stamp;
      if (queue.samples.length >= queueSize) drop(queue);
      queue.samples.push(sample);
      match();
    };

    names.forEach((name, i) => {
      const queue = queues[i];
      subscriber.add(
        sources[name].subscribe({
          next: (sample) => push(queue, sample),
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            queue.completed = true;
            match();
          },
        }),
      );
    });
  });
}
