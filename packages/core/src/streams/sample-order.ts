import { Observable, type OperatorFunction } from 'rxjs';
import { type Stamped, TIME_TOLERANCE_S } from '../signals/stamped.ts';
import type { StreamCounters } from './counters.ts';

/**
 * How a sample stands to those before it. `newer`: than all of them. `duplicated`: the same stamp as the newest.
 * `reordered`: older than the newest. `ahead`: stamped later than now. `unstamped`: the stamp is not a number.
 */
export type SampleVerdict = 'newer' | 'duplicated' | 'reordered' | 'ahead' | 'unstamped';

export interface SampleOrderOptions {
  /** How far a stamp may lie ahead of now (s). Default: any distance. */
  readonly maximumAhead?: number;
  /**
   * A newest stamp that lies farther in the past than this (s) is forgotten, so that a sender whose clock was set back is
   * heard again. Default: never.
   */
  readonly forgetAfter?: number;
}

/**
 * The one definition of order in a stream: what is newer, a duplicate, out of order, or of the future. The loop's
 * observation, the supervisor's monitors, {@link inOrder} and the time sync all judge by it. Allocates nothing.
 */
export class SampleOrder {
  readonly #maximumAhead: number;
  readonly #forgetAfter: number;
  /** In an array, since a field that changes would box its number. */
  readonly #newest = Float64Array.of(Number.NEGATIVE_INFINITY);

  constructor({ maximumAhead, forgetAfter }: SampleOrderOptions = {}) {
    this.#maximumAhead = maximumAhead ?? Number.POSITIVE_INFINITY;
    this.#forgetAfter = forgetAfter ?? Number.POSITIVE_INFINITY;
  }

  /** Newest stamp that was accepted (s); -Infinity before the first. */
  get newest(): number {
    return this.#newest[0];
  }

  /**
   * Judges a stamp (s) and remembers nothing: what else is wrong with the sample may still keep it out.
   * @param now time of receipt (s); needed only with one of the options
   */
  judge(stamp: number, now: number = stamp): SampleVerdict {
    if (Number.isNaN(stamp)) return 'unstamped';
    if (stamp > now + this.#maximumAhead + TIME_TOLERANCE_S) return 'ahead';
    const newest = this.#newest[0];
    if (stamp > newest || now - newest > this.#forgetAfter) return 'newer';
    return stamp === newest ? 'duplicated' : 'reordered';
  }

  /** The sample of this stamp (s) is used: later ones are compared with it. */
  accept(stamp: number): void {
    this.#newest[0] = stamp;
  }

  /** Starts anew: stamps from before say nothing about those to come. */
  reset(): void {
    this.#newest[0] = Number.NEGATIVE_INFINITY;
  }
}

export interface InOrderOptions<T> extends SampleOrderOptions {
  /** Counts everything that comes, with what is irregular about it. */
  readonly counters?: StreamCounters;
  /** Samples whose `received - stamp` is more (s) count as late. Default: none is late. */
  readonly maximumDelay?: number;
  /** Nominal rate (Hz), by which missing samples are counted; 0, the default, for events, of which none can be missing. */
  readonly rateHz?: number;
  /** Called for each sample that is left out. */
  readonly onLeftOut?: (sample: Stamped<T>, verdict: Exclude<SampleVerdict, 'newer'>) => void;
}

/** Lets only samples through that are newer than all before and not of the future; see {@link SampleOrder}. */
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

/** How many samples the nominal rate (Hz) has between two stamps (s). */
const missingBetween = (before: number, after: number, rateHz: number): number =>
  rateHz > 0 && before > Number.NEGATIVE_INFINITY ? Math.max(0, Math.round((after - before) * rateHz) - 1) : 0;
