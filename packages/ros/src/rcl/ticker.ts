/** ms. */
const TIMER_INTERVAL_MS = 1;
/** Behind by more than so many periods, time is let go rather than made up for. */
const MAX_LAG_PERIODS = 25;

/**
 * Calls back once for each period of a clock, with the time at which that period was due and whether it is the newest: late
 * timers are made up for, so that whoever counts in periods keeps to the clock.
 * @param period s
 * @returns ends it
 */
export function everyPeriod(
  now: () => number,
  period: number,
  act: (due: number, newest: boolean) => void,
): () => void {
  // Counted from one time on: to add a period again and again to seconds since 1970 would lose a millisecond in fifteen seconds.
  let begin = now();
  let count = 0;
  const timer = setInterval(() => {
    const time = now();
    const behind = time - (begin + count * period);
    // Let go when it is far behind, or when the clock was set back.
    if (Math.abs(behind) > MAX_LAG_PERIODS * period) {
      begin = time;
      count = 0;
    }
    for (let due = begin + count * period; due <= time; count++) {
      const next = begin + (count + 1) * period;
      act(due, next > time);
      due = next;
    }
  }, TIMER_INTERVAL_MS);
  return () => clearInterval(timer);
}
