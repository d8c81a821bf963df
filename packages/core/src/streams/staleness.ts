import { Observable, type OperatorFunction } from 'rxjs';
import type { Clock } from '../signals/clock.ts';
import { TIME_TOLERANCE_S } from '../signals/stamped.ts';
import { CLOCK_JUMP_S } from './sample-order.ts';

/** True when an age exceeds its maximum (both s) by more than rounding. */
export const isStale = (age: number, maximumAge: number): boolean => age > maximumAge + TIME_TOLERANCE_S;

/** True from the due time on (both s, or both durations), apart from rounding. */
export const isDue = (time: number, due: number): boolean => time >= due - TIME_TOLERANCE_S;

const NEWEST_INDEX = 0;
const START_INDEX = 1;

/**
 * Measures the age of a stream's newest sample. {@link deadline} and the supervisor's monitors of streams and
 * heartbeats use it. Allocates nothing.
 */
export class Staleness {
  /** An array avoids boxing a number per sample. */
  readonly #times = Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);

  /** Counts the age from now (s) until a newer sample arrives. */
  begin(now: number): void {
    this.#times[START_INDEX] = now;
  }

  /** Discards the newest sample and counts the age from now (s). */
  restart(now: number): void {
    this.#times[NEWEST_INDEX] = Number.NEGATIVE_INFINITY;
    this.#times[START_INDEX] = now;
  }

  /** Records a sample of this time (s). A time before the newest changes nothing. */
  refresh(time: number): void {
    if (time > this.#times[NEWEST_INDEX]) this.#times[NEWEST_INDEX] = time;
  }

  /** Replaces the newest time (s) after a jump of the sender's clock, by an older one too. */
  replace(time: number): void {
    this.#times[NEWEST_INDEX] = time;
  }

  /** Time since the newest sample or since the start, whichever is later (s). */
  age(now: number): number {
    return now - Math.max(this.#times[NEWEST_INDEX], this.#times[START_INDEX]);
  }

  /** Time since the newest sample (s); Infinity without one. */
  silence(now: number): number {
    return now - this.#times[NEWEST_INDEX];
  }
}

/** A change between fresh and stale of a stream. */
export interface Freshness {
  readonly state: 'fresh' | 'stale';
  /** Time of the change (s) on the given clock. */
  readonly time: number;
  /** Time from the last sample to the change (s); Infinity without a sample. */
  readonly silence: number;
}

/**
 * Emits the changes of a stream between fresh and stale: `fresh` with its first sample, `stale` at the first tick more
 * than `seconds` after the last one. A stream without any sample is stale `seconds` after the subscription. `ticks`
 * triggers the checks (a control period, a timer), because a clock has no alarm. The time counts anew after the clock went
 * back by more than {@link CLOCK_JUMP_S}. Completes with the stream.
 * @throws {RangeError} when `seconds` is not more than 0.
 */
export function deadline<T>(clock: Clock, seconds: number, ticks: Observable<unknown>): OperatorFunction<T, Freshness> {
  if (!(seconds > 0)) throw new RangeError(`deadline: ${seconds} s, expected more than 0`);
  return (source) =>
    new Observable((subscriber) => {
      const staleness = new Staleness();
      let last = clock.now();
      staleness.begin(last);
      /** The present time; after a jump of the clock the silence counts from it. */
      const readClock = (): number => {
        const now = clock.now();
        if (now < last - CLOCK_JUMP_S) staleness.restart(now);
        last = now;
        return now;
      };
      let state: Freshness['state'] | undefined;
      const change = (to: Freshness['state'], time: number): void => {
        if (state === to) return;
        state = to;
        subscriber.next({ state: to, time, silence: staleness.silence(time) });
      };
      subscriber.add(
        source.subscribe({
          next: () => {
            const now = readClock();
            change('fresh', now);
            staleness.refresh(now);
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      );
      subscriber.add(
        ticks.subscribe(() => {
          const now = readClock();
          if (isStale(staleness.age(now), seconds)) change('stale', now);
        }),
      );
    });
}
