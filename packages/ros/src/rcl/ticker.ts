/** Interval of the timer (ms): the shortest that Node.js has. */
const TIMER_INTERVAL_MS = 1;
/** A ticker that lags by more periods than this skips them instead of running them late. */
const MAX_LAG_PERIODS = 25;

/**
 * Calls back once for each period of a clock. A late timer runs the missed periods as well, so that the number of periods
 * follows the clock.
 * @param now the clock (s)
 * @param period period (s)
 * @param runPeriod gets the due time of the period (s) and whether it is the newest one
 * @param burst largest number of periods that run without letting messages in; missed ones then run at up to `burst` a millisecond
 * @returns stops the ticker
 */
export function everyPeriod(
  now: () => number,
  period: number,
  runPeriod: (due: number, newest: boolean) => void,
  burst = Number.POSITIVE_INFINITY,
): () => void {
  // Due times are multiples from one start: summing periods onto seconds since 1970 would drift by a millisecond in 15 s.
  let begin = now();
  let count = 0;
  const timer = setInterval(() => {
    const time = now();
    const behind = time - (begin + count * period);
    // The count restarts after a long delay, or when the clock was set back.
    if (Math.abs(behind) > MAX_LAG_PERIODS * period) {
      begin = time;
      count = 0;
    }
    const end = count + burst;
    for (let due = begin + count * period; due <= time && count < end; count++) {
      const next = begin + (count + 1) * period;
      runPeriod(due, next > time);
      due = next;
    }
  }, TIMER_INTERVAL_MS);
  return () => clearInterval(timer);
}
