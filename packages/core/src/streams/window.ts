import { Observable, type OperatorFunction } from 'rxjs';
import type { Stamped } from '../signals/stamped.ts';

/** Emits `keep`'s shortened list of the newest samples, oldest first, after each sample; nothing while it is undefined. */
function sliding<T>(keep: (samples: Stamped<T>[]) => boolean): OperatorFunction<Stamped<T>, readonly Stamped<T>[]> {
  return (source) =>
    new Observable((subscriber) => {
      const samples: Stamped<T>[] = [];
      return source.subscribe({
        next: (sample) => {
          samples.push(sample);
          if (keep(samples)) subscriber.next(samples.slice());
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}

/** The last `count` samples, oldest first, with each sample from the `count`-th on. Each window is an array of its own. */
export function windowByCount<T>(count: number): OperatorFunction<Stamped<T>, readonly Stamped<T>[]> {
  if (!(count >= 1)) throw new RangeError(`window: ${count} samples, expected at least 1`);
  return sliding((samples) => {
    if (samples.length > count) samples.shift();
    return samples.length >= count;
  });
}

/**
 * The samples of the last `seconds` before the newest stamp, oldest first, with each sample. No more than `maximumCount`
 * of them, the newest, however fast they come. Each window is an array of its own.
 */
export function windowByTime<T>(
  seconds: number,
  maximumCount: number,
): OperatorFunction<Stamped<T>, readonly Stamped<T>[]> {
  if (!(seconds > 0)) throw new RangeError(`window: ${seconds} s, expected more than 0`);
  if (!(maximumCount >= 1)) throw new RangeError(`window: at most ${maximumCount} samples, expected at least 1`);
  return sliding((samples) => {
    const newest = samples.reduce((time, { stamp }) => Math.max(time, stamp), Number.NEGATIVE_INFINITY);
    while (samples.length > maximumCount || samples[0].stamp <= newest - seconds) samples.shift();
    return samples.length > 0;
  });
}
