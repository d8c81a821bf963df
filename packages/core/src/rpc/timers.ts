/**
 * Timers for heartbeats and timeouts. Tests pass their own.
 *
 * @example
 * const stop = systemTimers.every(100, () => console.log('beat'));
 * stop();
 */
export interface Timers {
  /**
   * Calls `act` once.
   * @returns a function that cancels the timer
   */
  after(milliseconds: number, act: () => void): () => void;
  /**
   * Calls `act` periodically.
   * @returns a function that cancels the timer
   */
  every(milliseconds: number, act: () => void): () => void;
}

/**
 * The timers of the platform.
 *
 * @example
 * const cancel = systemTimers.after(5000, () => client.kill());
 */
export const systemTimers: Timers = {
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
  every(milliseconds, act) {
    const timer = setInterval(act, milliseconds);
    return () => clearInterval(timer);
  },
};
