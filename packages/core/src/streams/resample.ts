import { Observable, type OperatorFunction } from 'rxjs';
import type { Stamped } from '../signals/stamped.ts';

/** The value between `a` and `b`, `share` (0..1) of the way; 1 only where there is a sample. */
export type Between<T> = (a: T, b: T, share: number) => T;

/** The value before, until the next has come. */
export const hold = <T>(a: T, b: T, share: number): T => (share >= 1 ? b : a);

/** Linear, element by element. */
export const linear: Between<Float64Array> = (a, b, share) => a.map((value, i) => value + (b[i] - value) * share);

export interface ResampleOptions<T> {
  /** Of the output (Hz). */
  readonly rateHz: number;
  readonly between: Between<T>;
  /** Longer silence (s) is not filled: the stream starts anew behind it. */
  readonly maximumGap: number;
}

/** Grid points and stamps count as equal within this share of a period. */
const ROUNDING = 1e-6;

/**
 * Samples at whole multiples of the period, by the time stamps: an output comes when the first sample at or behind its
 * time has come, whose `received` it takes. Samples older than one before are left out. Holds one sample.
 */
export function resample<T>({
  rateHz,
  between,
  maximumGap,
}: ResampleOptions<T>): OperatorFunction<Stamped<T>, Stamped<T>> {
  if (!(rateHz > 0)) throw new RangeError(`resample: ${rateHz} Hz, expected more than 0`);
  if (!(maximumGap > 0)) throw new RangeError(`resample: maximum gap ${maximumGap} s, expected more than 0`);
  return (source) =>
    new Observable((subscriber) => {
      let before: Stamped<T> | undefined;
      /** Number of the next grid point. */
      let next = 0;
      return source.subscribe({
        next: (sample) => {
          if (before && sample.stamp <= before.stamp) return;
          if (!before || sample.stamp - before.stamp > maximumGap) {
            next = Math.ceil(sample.stamp * rateHz - ROUNDING) + 0; // -0 + 0 is 0
            before = sample;
          }
          for (; next <= sample.stamp * rateHz + ROUNDING; next++) {
            const stamp = next / rateHz;
            const length = sample.stamp - before.stamp;
            const share = length > 0 && stamp < sample.stamp - ROUNDING / rateHz ? (stamp - before.stamp) / length : 1;
            const value = between(before.value, sample.value, Math.max(0, share));
            subscriber.next({ value, stamp, received: sample.received });
          }
          before = sample;
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}
