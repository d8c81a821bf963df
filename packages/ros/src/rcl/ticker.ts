/** ms. */
const NAP = 1;
/** Behind by more than so many periods, time is let go rather than made up for. */
const MOST_BEHIND = 25;

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
  let next = now();
  const timer = setInterval(() => {
    const time = now();
    // Let go when it is far behind, or when the clock was set back.
    if (time - next > MOST_BEHIND * period || next - time > MOST_BEHIND * period) next = time;
    for (; next <= time; next += period) act(next, next + period > time);
  }, NAP);
  return () => clearInterval(timer);
}
