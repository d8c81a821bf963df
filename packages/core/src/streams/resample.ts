import { Observable, type OperatorFunction } from 'rxjs';
import type { Stamped } from '../signals/stamped.ts';
import { SampleOrder } from './sample-order.ts';

/** Interpolates from `a` (share 0) to `b` (share 1). */
export type Interpolation<T> = (a: T, b: T, share: number) => T;

/** Linear interpolation between two numbers. */
export const lerp = (a: number, b: number, share: number): number => a + share * (b - a);

/**
 * Linear interpolation of each element, as a new array. It is wrong for orientations, which have a shorter way:
 * `interpolateSignal` knows them by the spec of the stream.
 */
export const interpolateLinear: Interpolation<Float64Array> = (a, b, share) =>
  a.map((value, i) => lerp(value, b[i], share));

/** Zero-order hold: `a` until `b` has arrived. */
export const holdPrevious = <T>(a: T, b: T, share: number): T => (share >= 1 ? b : a);

/** Output rate and interpolation of {@link resample}. */
export interface ResampleOptions<T> {
  /** Rate of the output (Hz). */
  readonly rateHz: number;
  /** Interpolation between two samples. The share is 1 only at the time of a sample. */
  readonly interpolate: Interpolation<T>;
  /** Longest gap between two samples that is filled (s). After a longer one the output restarts. */
  readonly maximumGap: number;
}

/** A grid point and a stamp count as equal if they differ by less than this share of a period. */
const PERIOD_ROUNDING_RATIO = 1e-6;

/**
 * Resamples a stream at whole multiples of the period. An output is emitted with the first sample at or after its time,
 * and takes its `received` time from that sample. Samples that are not newer than a previous one are ignored; after a
 * jump of the clock the output restarts. Stores one sample.
 * @throws {RangeError} when the rate or the gap is not more than 0.
 */
export function resample<T>({
  rateHz,
  interpolate: between,
  maximumGap,
}: ResampleOptions<T>): OperatorFunction<Stamped<T>, Stamped<T>> {
  if (!(rateHz > 0)) throw new RangeError(`resample: ${rateHz} Hz, expected more than 0`);
  if (!(maximumGap > 0)) throw new RangeError(`resample: maximum gap ${maximumGap} s, expected more than 0`);
  return (source) =>
    new Observable((subscriber) => {
      const order = new SampleOrder();
      let before: Stamped<T> | undefined;
      /** Index of the next grid point. */
      let next = 0;
      return source.subscribe({
        next: (sample) => {
          const verdict = order.judge(sample.stamp, sample.received);
          if (verdict === 'restarted') before = undefined;
          else if (verdict !== 'newer') return;
          order.accept(sample.stamp);
          if (!before || sample.stamp - before.stamp > maximumGap) {
            next = Math.ceil(sample.stamp * rateHz - PERIOD_ROUNDING_RATIO) + 0; // -0 + 0 is 0
            before = sample;
          }
          for (; next <= sample.stamp * rateHz + PERIOD_ROUNDING_RATIO; next++) {
            const stamp = next / rateHz;
            const length = sample.stamp - before.stamp;
            const share =
              length > 0 && stamp < sample.stamp - PERIOD_ROUNDING_RATIO / rateHz ? (stamp - before.stamp) / length : 1;
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
