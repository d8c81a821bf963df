import { Observable } from 'rxjs';
import type { Stamped } from '../signals/stamped.ts';
import type { StreamCounters } from './sample-order.ts';
import { CLOCK_JUMP_S, SampleOrder } from './sample-order.ts';
import { SampleWindow } from './sample-window.ts';

/** Limits of {@link TimeSync}. */
export interface TimeSyncOptions {
  /** Largest difference of the stamps in one set (s). */
  readonly maximumSkew: number;
  /** Number of samples of each stream that may wait for the others. Beyond it the oldest is dropped. */
  readonly queueSize: number;
  readonly counters?: StreamCounters;
}

/** One sample of each stream, by name. */
export type TimeSet<S extends Record<string, unknown>> = { readonly [K in keyof S]: Stamped<S[K]> };

/**
 * Matches samples of several streams into sets whose stamps differ by `maximumSkew` at most. Each sample is used once.
 * A set is emitted as soon as it is complete, in the order of the stamps, and contains of each stream the last sample
 * not newer than the set. A reordered sample is dropped; after a jump of a stream's clock the matching starts anew.
 */
export class TimeSync {
  readonly #queues: readonly SampleWindow<Stamped<unknown>>[];
  readonly #orders: readonly SampleOrder[];
  readonly #maximumSkew: number;
  readonly #counters: StreamCounters | undefined;

  /** @throws {RangeError} when the skew is negative or the queue size is less than 1. */
  constructor(streams: number, { maximumSkew, queueSize, counters }: TimeSyncOptions) {
    if (!(maximumSkew >= 0)) throw new RangeError(`time sync: maximum skew ${maximumSkew} s, expected at least 0`);
    if (!(queueSize >= 1)) throw new RangeError(`time sync: queue size ${queueSize}, expected at least 1`);
    this.#queues = Array.from({ length: streams }, () => new SampleWindow(queueSize));
    this.#orders = this.#queues.map(() => new SampleOrder());
    this.#maximumSkew = maximumSkew;
    this.#counters = counters;
  }

  /** Adds a sample of the i-th stream. */
  push(i: number, sample: Stamped<unknown>): void {
    if (this.#counters) this.#counters.received++;
    const verdict = this.#orders[i].judge(sample.stamp, sample.received);
    if (verdict === 'restarted') this.#restart(sample.stamp);
    else if (verdict === 'reordered' || verdict === 'unstamped') {
      if (this.#counters) this.#counters[verdict === 'reordered' ? 'reordered' : 'ahead']++;
      return;
    }
    this.#orders[i].accept(sample.stamp);
    if (this.#queues[i].push(sample) && this.#counters) this.#counters.dropped++;
  }

  /** Writes the next set into `out`, one sample per stream. Returns false if none is complete. */
  removeSet(out: Stamped<unknown>[]): boolean {
    while (this.#queues.every(({ length }) => length > 0)) {
      let oldest = 0;
      let newest = 0;
      for (let i = 1; i < this.#queues.length; i++) {
        if (this.#head(i) < this.#head(oldest)) oldest = i;
        if (this.#head(i) > this.#head(newest)) newest = i;
      }
      const stamp = this.#head(newest);
      // The heads of the other streams are newer than this one by more than the bound, so it cannot be matched any
      // more.
      if (stamp - this.#head(oldest) > this.#maximumSkew) {
        this.#drop(this.#queues[oldest]);
        continue;
      }
      for (let i = 0; i < this.#queues.length; i++) out[i] = this.#newestUntil(this.#queues[i], stamp);
      return true;
    }
    return false;
  }

  /** Number of samples of the i-th stream that wait for the others. */
  waiting(i: number): number {
    return this.#queues[i].length;
  }

  /** Drops the samples from before a jump of the clock to `stamp` (s): they wait for nothing. */
  #restart(stamp: number): void {
    if (this.#counters) this.#counters.restarted++;
    for (const queue of this.#queues) {
      if (!queue.newest || queue.newest.stamp < stamp + CLOCK_JUMP_S) continue;
      if (this.#counters) this.#counters.dropped += queue.length;
      queue.clear();
    }
  }

  #head(i: number): number {
    return this.#queues[i].at(0)!.stamp;
  }

  /** Returns the last sample not newer than `stamp` and drops those before it. */
  #newestUntil(queue: SampleWindow<Stamped<unknown>>, stamp: number): Stamped<unknown> {
    while (queue.length > 1 && queue.at(1)!.stamp <= stamp) this.#drop(queue);
    return queue.shift()!;
  }

  #drop(queue: SampleWindow<Stamped<unknown>>): void {
    queue.shift();
    if (this.#counters) this.#counters.dropped++;
  }
}

/**
 * Applies {@link TimeSync} to streams by name. A set's `stamp` is the newest stamp and its `received` the latest
 * receipt. Completes when one stream has completed and none of its samples waits.
 * @throws {RangeError} when the skew is negative or the queue size is less than 1.
 */
export function approximateTimeSync<S extends Record<string, unknown>>(
  sources: { readonly [K in keyof S]: Observable<Stamped<S[K]>> },
  options: TimeSyncOptions,
): Observable<Stamped<TimeSet<S>>> {
  const names = Object.keys(sources) as (keyof S & string)[];
  const newSync = () => new TimeSync(names.length, options);
  // Checks the options now, not at the subscription.
  newSync();

  return new Observable((subscriber) => {
    const sync = newSync();
    const removed: Stamped<unknown>[] = [];
    const completed = names.map(() => false);
    const match = (): void => {
      while (sync.removeSet(removed)) subscriber.next(setOf(names, removed));
      if (completed.some((over, i) => over && sync.waiting(i) === 0)) subscriber.complete();
    };
    names.forEach((name, i) => {
      subscriber.add(
        sources[name].subscribe({
          next: (sample) => {
            sync.push(i, sample);
            match();
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            completed[i] = true;
            match();
          },
        }),
      );
    });
  });
}

function setOf<S extends Record<string, unknown>>(
  names: readonly (keyof S & string)[],
  samples: readonly Stamped<unknown>[],
): Stamped<TimeSet<S>> {
  return {
    value: Object.fromEntries(names.map((name, i) => [name, samples[i]])) as unknown as TimeSet<S>,
    stamp: Math.max(...samples.map(({ stamp }) => stamp)),
    received: Math.max(...samples.map(({ received }) => received)),
  };
}
