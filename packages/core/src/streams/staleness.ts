import { Observable, type OperatorFunction } from 'rxjs';
import type { Clock } from '../signals/clock.ts';
import { TIME_TOLERANCE_S } from '../signals/stamped.ts';

/** The one definition of too old: true only beyond the maximum (both s), rounding left out of account. */
export const isStale = (age: number, maximumAge: number): boolean => age > maximumAge + TIME_TOLERANCE_S;

/** True from the due time on (both s, or both a time that has passed since), rounding left out of account. */
export const isDue = (time: number, due: number): boolean => time >= due - TIME_TOLERANCE_S;

const NEWEST = 0;
const SINCE = 1;

/**
 * How long a stream has been silent. {@link deadline}, the supervisor's stream monitors and its monitors of heartbeats
 * count by it. Allocates nothing.
 */
export class Staleness {
  /** In an array, since a field that changes would box its number. */
  readonly #times = Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);

  /** Silence counts from now (s) on, until something comes that is newer. */
  begin(now: number): void {
    this.#times[SINCE] = now;
  }

  /** Forgets what came before; silence counts from now (s) on. */
  restart(now: number): void {
    this.#times[NEWEST] = Number.NEGATIVE_INFINITY;
    this.#times[SINCE] = now;
  }

  /** Something came that was made at this time (s); an earlier time than the newest changes nothing. */
  heard(time: number): void {
    if (time > this.#times[NEWEST]) this.#times[NEWEST] = time;
  }

  /** Seconds since the newest that came, or since the beginning while that is later. */
  age(now: number): number {
    return now - Math.max(this.#times[NEWEST], this.#times[SINCE]);
  }

  /** Seconds since the newest that came; Infinity when nothing has. */
  silence(now: number): number {
    return now - this.#times[NEWEST];
  }
}

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
      const staleness = new Staleness();
      staleness.begin(clock.now());
      let state: Freshness['state'] | undefined;
      const change = (to: Freshness['state'], time: number): void => {
        if (state === to) return;
        state = to;
        subscriber.next({ state: to, time, silence: staleness.silence(time) });
      };
      subscriber.add(
        source.subscribe({
          next: () => {
            const now = clock.now();
            change('fresh', now);
            staleness.heard(now);
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      );
      subscriber.add(
        ticks.subscribe(() => {
          const now = clock.now();
          if (isStale(staleness.age(now), seconds)) change('stale', now);
        }),
      );
    });
}
