import { filter, type MonoTypeOperatorFunction, tap } from 'rxjs';
import type { Stamped } from '../signals/stamped.ts';

/** What became of a stream's samples. One object may count for several operators in a row. */
export interface StreamCounters {
  /** All that came. */
  received: number;
  /** Reached us later than allowed. */
  late: number;
  /** Came and were let go, because there was something newer or no room. */
  dropped: number;
  /** Never came, judged by the nominal rate and the time stamps. */
  missing: number;
  /** Older than one that had come before. */
  reordered: number;
  /** Of the same stamp as the one before. */
  duplicated: number;
}

export const newCounters = (): StreamCounters => ({
  received: 0,
  late: 0,
  dropped: 0,
  missing: 0,
  reordered: 0,
  duplicated: 0,
});

export interface MonitorOptions {
  /** Samples whose `received - stamp` is more (s) count as late. */
  readonly maximumDelay: number;
  /** Nominal rate (Hz); 0 for events, of which none can be missing. */
  readonly rateHz: number;
}

/** Passes every sample on and counts what is irregular about it. */
export function monitor<T>(
  counters: StreamCounters,
  { maximumDelay, rateHz }: MonitorOptions,
): MonoTypeOperatorFunction<Stamped<T>> {
  return (source) => {
    let newest = Number.NaN;
    return source.pipe(
      tap(({ stamp, received }) => {
        counters.received++;
        if (received - stamp > maximumDelay) counters.late++;
        if (stamp < newest) counters.reordered++;
        else if (stamp === newest) counters.duplicated++;
        else if (rateHz > 0 && newest < stamp)
          counters.missing += Math.max(0, Math.round((stamp - newest) * rateHz) - 1);
        if (!(stamp <= newest)) newest = stamp;
      }),
    );
  };
}

/** Lets only samples through that are newer than all before; counts the others where `counters` is given. */
export function inOrder<T>(counters?: StreamCounters): MonoTypeOperatorFunction<Stamped<T>> {
  return (source) => {
    let newest = Number.NEGATIVE_INFINITY;
    return source.pipe(
      filter(({ stamp }) => {
        if (stamp > newest) {
          newest = stamp;
          return true;
        }
        if (counters && stamp === newest) counters.duplicated++;
        else if (counters) counters.reordered++;
        return false;
      }),
    );
  };
}
