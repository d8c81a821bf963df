import { Observable, type OperatorFunction } from 'rxjs';
import { type Stamped, TIME_TOLERANCE_S } from '../signals/stamped.ts';
/**
 * Order of a sample relative to the previous ones. `newer`: newer than all. `duplicated`: same stamp as the newest.
 * `reordered`: older than the newest. `ahead`: stamp in the future. `unstamped`: the stamp is NaN.
 */
export type SampleVerdict = 'newer' | 'duplicated' | 'reordered' | 'ahead' | 'unstamped';

/** Limits of {@link SampleOrder}. */
export interface SampleOrderOptions {
  /** Largest time by which a stamp may lie in the future (s). Default: no limit. */
  readonly maximumAhead?: number;
  /**
   * The newest stamp is discarded once it is older than this (s), so that samples of a sender whose clock was set back
   * are accepted again. Default: never.
   */
  readonly forgetAfter?: number;
}

/**
 * Determines the order of a stream's samples: newer, duplicated, out of order or in the future. The loop's observation,
 * the supervisor's monitors, {@link inOrder} and the time sync all use it. Allocates nothing.
 */
export class SampleOrder {
  readonly #maximumAhead: number;
  readonly #forgetAfter: number;
  /** An array avoids boxing a number per sample. */
  readonly #newest = Float64Array.of(Number.NEGATIVE_INFINITY);

  constructor({ maximumAhead, forgetAfter }: SampleOrderOptions = {}) {
    this.#maximumAhead = maximumAhead ?? Number.POSITIVE_INFINITY;
    this.#forgetAfter = forgetAfter ?? Number.POSITIVE_INFINITY;
  }

  /** Newest accepted stamp (s); -Infinity before the first. */
  get newest(): number {
    return this.#newest[0];
  }

  /**
   * Judges a stamp (s) without storing it: other faults may still reject the sample.
   * @param now time of receipt (s); only needed with one of the options
   */
  judge(stamp: number, now: number = stamp): SampleVerdict {
    if (Number.isNaN(stamp)) return 'unstamped';
    if (stamp > now + this.#maximumAhead + TIME_TOLERANCE_S) return 'ahead';
    const newest = this.#newest[0];
    if (stamp > newest || now - newest > this.#forgetAfter) return 'newer';
    return stamp === newest ? 'duplicated' : 'reordered';
  }

  /** Stores a stamp (s) as the newest. */
  accept(stamp: number): void {
    this.#newest[0] = stamp;
  }

  /** Discards the newest stamp, for example after a jump of the clock. */
  reset(): void {
    this.#newest[0] = Number.NEGATIVE_INFINITY;
  }
}

/** Limits and counters of {@link inOrder}. */
export interface InOrderOptions<T> extends SampleOrderOptions {
  /** Counts all samples and their irregularities. */
  readonly counters?: StreamCounters;
  /** Largest `received - stamp` (s); a sample beyond it counts as late. Default: no limit. */
  readonly maximumDelay?: number;
  /** Nominal rate (Hz) for the count of missing samples. Default 0: events, which cannot be missing. */
  readonly rateHz?: number;
  /** Called for each ignored sample. */
  readonly onLeftOut?: (sample: Stamped<T>, verdict: Exclude<SampleVerdict, 'newer'>) => void;
}

/** Passes only samples that are newer than all previous ones and not in the future; see {@link SampleOrder}. */
export function inOrder<T>(options: InOrderOptions<T> = {}): OperatorFunction<Stamped<T>, Stamped<T>> {
  const { counters, maximumDelay = Number.POSITIVE_INFINITY, rateHz = 0, onLeftOut } = options;
  return (source) =>
    new Observable((subscriber) => {
      const order = new SampleOrder(options);
      return source.subscribe({
        next: (sample) => {
          const { stamp, received } = sample;
          const verdict = order.judge(stamp, received);
          if (counters) count(counters, verdict, received - stamp > maximumDelay);
          if (verdict !== 'newer') {
            onLeftOut?.(sample, verdict);
            return;
          }
          if (counters) counters.missing += missingBetween(order.newest, stamp, rateHz);
          order.accept(stamp);
          subscriber.next(sample);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}

function count(counters: StreamCounters, verdict: SampleVerdict, late: boolean): void {
  counters.received++;
  if (late) counters.late++;
  if (verdict === 'duplicated') counters.duplicated++;
  else if (verdict === 'reordered') counters.reordered++;
  else if (verdict !== 'newer') counters.ahead++;
}

/** Number of missing samples between two stamps (s) at the nominal rate. */
const missingBetween = (before: number, after: number, rateHz: number): number =>
  rateHz > 0 && before > Number.NEGATIVE_INFINITY ? Math.max(0, Math.round((after - before) * rateHz) - 1) : 0;

/** Counts of a stream's samples by their treatment. Several operators may share one object. */
export interface StreamCounters {
  /** Samples received. */
  received: number;
  /** Samples with a larger delay than allowed. */
  late: number;
  /** Samples dropped because a newer one arrived or the queue was full. */
  dropped: number;
  /** Samples missing according to the nominal rate and the stamps. */
  missing: number;
  /** Samples older than a previous one. */
  reordered: number;
  /** Samples with the stamp of the previous one. */
  duplicated: number;
  /** Samples with a stamp in the future or without a valid stamp. */
  ahead: number;
}

/** Returns counters at 0. */
export const newCounters = (): StreamCounters => ({
  received: 0,
  late: 0,
  dropped: 0,
  missing: 0,
  reordered: 0,
  duplicated: 0,
  ahead: 0,
});
