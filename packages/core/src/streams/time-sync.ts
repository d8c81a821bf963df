import { Observable } from 'rxjs';
import type { Stamped } from '../signals/stamped.ts';
import type { StreamCounters } from './counters.ts';
import { SampleOrder } from './sample-order.ts';
import { SampleWindow } from './sample-window.ts';

export interface TimeSyncOptions {
  /** The most by which the stamps in one set may differ (s). */
  readonly maximumSkew: number;
  /** How many samples of each stream may wait for the others; the oldest makes room. */
  readonly queueSize: number;
  readonly counters?: StreamCounters;
}

/** One sample of each stream. */
export type TimeSet<S extends Record<string, unknown>> = { readonly [K in keyof S]: Stamped<S[K]> };

/**
 * Puts together one sample of each of several streams whose stamps differ by `maximumSkew` at most. A sample is used once;
 * sets come in the order of their stamps, as soon as one can be made; of several samples of a stream that would do, the
 * last one not newer than the set is taken. A sample that came out of order is dropped.
 */
export class TimeSync {
  readonly #queues: readonly SampleWindow<Stamped<unknown>>[];
  readonly #orders: readonly SampleOrder[];
  readonly #maximumSkew: number;
  readonly #counters: StreamCounters | undefined;

  /** @throws {RangeError} for a skew or a queue size that is none. */
  constructor(streams: number, { maximumSkew, queueSize, counters }: TimeSyncOptions) {
    if (!(maximumSkew >= 0)) throw new RangeError(`time sync: maximum skew ${maximumSkew} s, expected at least 0`);
    if (!(queueSize >= 1)) throw new RangeError(`time sync: queue size ${queueSize}, expected at least 1`);
    this.#queues = Array.from({ length: streams }, () => new SampleWindow(queueSize));
    this.#orders = this.#queues.map(() => new SampleOrder());
    this.#maximumSkew = maximumSkew;
    this.#counters = counters;
  }

  /** Takes a sample of the i-th stream. */
  push(i: number, sample: Stamped<unknown>): void {
    if (this.#counters) this.#counters.received++;
    const verdict = this.#orders[i].judge(sample.stamp);
    if (verdict === 'reordered' || verdict === 'unstamped') {
      if (this.#counters) this.#counters[verdict === 'reordered' ? 'reordered' : 'ahead']++;
      return;
    }
    this.#orders[i].accept(sample.stamp);
    if (this.#queues[i].push(sample) && this.#counters) this.#counters.dropped++;
  }

  /** Writes the next set into `out`, one sample a stream; false when none can be made yet. */
  take(out: Stamped<unknown>[]): boolean {
    while (this.#queues.every(({ length }) => length > 0)) {
      let oldest = 0;
      let newest = 0;
      for (let i = 1; i < this.#queues.length; i++) {
        if (this.#head(i) < this.#head(oldest)) oldest = i;
        if (this.#head(i) > this.#head(newest)) newest = i;
      }
      const stamp = this.#head(newest);
      // All others are newer than this one by more than the bound, and will be: it can never be paired.
      if (stamp - this.#head(oldest) > this.#maximumSkew) {
        this.#drop(this.#queues[oldest]);
        continue;
      }
      for (let i = 0; i < this.#queues.length; i++) out[i] = this.#newestUntil(this.#queues[i], stamp);
      return true;
    }
    return false;
  }

  /** How many samples of the i-th stream wait for the others. */
  waiting(i: number): number {
    return this.#queues[i].length;
  }

  #head(i: number): number {
    return this.#queues[i].at(0)!.stamp;
  }

  /** The last sample not newer than this; those before it are dropped. */
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
 * {@link TimeSync} of streams by name. A set's `stamp` is its newest, and its `received` the latest. Completes when a stream
 * has completed and nothing of it waits.
 * @throws {RangeError} for a skew or a queue size that is none.
 */
export function approximateTimeSync<S extends Record<string, unknown>>(
  sources: { readonly [K in keyof S]: Observable<Stamped<S[K]>> },
  options: TimeSyncOptions,
): Observable<Stamped<TimeSet<S>>> {
  const names = Object.keys(sources) as (keyof S & string)[];
  const newSync = () => new TimeSync(names.length, options);
  // Refuses wrong options here and not at the subscription.
  newSync();

  return new Observable((subscriber) => {
    const sync = newSync();
    const taken: Stamped<unknown>[] = [];
    const completed = names.map(() => false);
    const match = (): void => {
      while (sync.take(taken)) subscriber.next(setOf(names, taken));
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
