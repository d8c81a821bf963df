import { Observable, type OperatorFunction } from 'rxjs';
import { type Stamped, TIME_TOLERANCE_S } from '../signals/stamped.ts';

/**
 * A clock that goes back by more than this (s) has jumped. The stream starts anew: what was derived from its earlier stamps
 * is discarded. Delays and reordering of a network are shorter.
 */
export const CLOCK_JUMP_S = 1;

/**
 * Order of a sample relative to the previous ones. `newer`: newer than all. `restarted`: the clock of the stamps has jumped
 * back, and the sample is the first one to accept. `duplicated`: same stamp as the newest. `reordered`: older than the
 * newest. `ahead`: stamp in the future. `unstamped`: the stamp is NaN.
 */
export type SampleVerdict = 'newer' | 'restarted' | 'duplicated' | 'reordered' | 'ahead' | 'unstamped';

/** Reason for which a sample is ignored. */
export type IgnoredVerdict = Exclude<SampleVerdict, 'newer' | 'restarted'>;

/** Limits of {@link SampleOrder}. */
export interface SampleOrderOptions {
  /** Largest time by which a stamp may lie in the future (s). Default: no limit. */
  readonly maximumAhead?: number;
}

const NEWEST_INDEX = 0;
const CANDIDATE_INDEX = 1;

/**
 * Determines the order of a stream's samples: newer, duplicated, out of order or in the future. The loop's observation,
 * the schedulers, the supervisor's monitors, {@link inOrder} and the time sync all use it, so that one rule holds for jumps
 * of the clock everywhere. A stamp more than {@link CLOCK_JUMP_S} older than the newest one means a jump if the newest
 * stamp lies that far in the future, or if a second sample in a row confirms it: a single straggler restarts nothing.
 * Allocates nothing.
 */
export class SampleOrder {
  readonly #maximumAhead: number;
  /** Newest accepted stamp, and the last stamp that may follow a jump. An array avoids boxing a number per sample. */
  readonly #times = Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);

  constructor({ maximumAhead }: SampleOrderOptions = {}) {
    this.#maximumAhead = maximumAhead ?? Number.POSITIVE_INFINITY;
  }

  /** Newest accepted stamp (s); -Infinity before the first. */
  get newest(): number {
    return this.#times[NEWEST_INDEX];
  }

  /**
   * Judges a stamp (s) without accepting it: other faults may still reject the sample.
   * @param now time of receipt (s); without it no stamp is `ahead`, and a second sample has to confirm a jump
   */
  judge(stamp: number, now: number = Number.NaN): SampleVerdict {
    if (Number.isNaN(stamp)) return 'unstamped';
    if (stamp > now + this.#maximumAhead + TIME_TOLERANCE_S) return 'ahead';
    const newest = this.newest;
    if (stamp > newest) return 'newer';
    if (stamp === newest) return 'duplicated';
    if (!(stamp < newest - CLOCK_JUMP_S)) return 'reordered';
    if (newest > now + CLOCK_JUMP_S || stamp > this.#times[CANDIDATE_INDEX]) return 'restarted';
    this.#times[CANDIDATE_INDEX] = stamp;
    return 'reordered';
  }

  /** Stores a stamp (s) as the newest. */
  accept(stamp: number): void {
    this.#times[NEWEST_INDEX] = stamp;
    this.#times[CANDIDATE_INDEX] = Number.POSITIVE_INFINITY;
  }

  /** Discards the newest stamp, for example after a jump of the clock. */
  reset(): void {
    this.accept(Number.NEGATIVE_INFINITY);
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
  readonly onLeftOut?: (sample: Stamped<T>, verdict: IgnoredVerdict) => void;
  /** Called before the first sample after a jump of the clock. @param step step of the stamps (s), below 0 */
  readonly onRestart?: (sample: Stamped<T>, step: number) => void;
}

/**
 * Passes only samples that are newer than all previous ones and not in the future; after a jump of the clock the stream
 * starts anew. See {@link SampleOrder}.
 */
export function inOrder<T>(options: InOrderOptions<T> = {}): OperatorFunction<Stamped<T>, Stamped<T>> {
  const { counters, maximumDelay = Number.POSITIVE_INFINITY, rateHz = 0, onLeftOut, onRestart } = options;
  return (source) =>
    new Observable((subscriber) => {
      const order = new SampleOrder(options);
      return source.subscribe({
        next: (sample) => {
          const { stamp, received } = sample;
          const verdict = order.judge(stamp, received);
          if (counters) countSample(counters, verdict, received - stamp > maximumDelay);
          if (verdict === 'restarted') onRestart?.(sample, stamp - order.newest);
          else if (verdict !== 'newer') {
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

/** Counts a sample by its order. @param late whether it took longer than allowed */
export function countSample(counters: StreamCounters, verdict: SampleVerdict, late: boolean): void {
  counters.received++;
  if (late) counters.late++;
  if (verdict === 'duplicated') counters.duplicated++;
  else if (verdict === 'reordered') counters.reordered++;
  else if (verdict === 'restarted') counters.restarted++;
  else if (verdict !== 'newer') counters.ahead++;
}

/** Number of missing samples between two stamps (s) at the nominal rate. */
export const missingBetween = (before: number, after: number, rateHz: number): number =>
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
  /** Jumps of the clock, after each of which the stream started anew. */
  restarted: number;
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
  restarted: 0,
});
