import { Observable, type OperatorFunction } from 'rxjs';
import type { Stamped } from '../signals/stamped.ts';
import type { Interpolation } from './interpolation.ts';
import { SampleOrder } from './sample-order.ts';

export interface ResampleOptions<T> {
  /** Of the output (Hz). */
  readonly rateHz: number;
  /** Called with a share of 1 only where there is a sample. */
  readonly interpolate: Interpolation<T>;
  /** Longer silence (s) is not filled: the stream starts anew behind it. */
  readonly maximumGap: number;
}

/** Grid points and stamps count as equal within this share of a period. */
const PERIOD_ROUNDING_RATIO = 1e-6;

/**
 * Samples at whole multiples of the period, by the time stamps: an output comes when the first sample at or behind its
 * time has come, whose `received` it takes. Samples not newer than one before are left out. Holds one sample.
 * @throws {RangeError} for a rate or a gap that is none.
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
      /** Number of the next grid point. */
      let next = 0;
      return source.subscribe({
        next: (sample) => {
          if (order.judge(sample.stamp) !== 'newer') return;
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
