/**
 * Timers that heartbeats and time-outs run on. Tests pass their own.
 *
 * @example
 * const stop = systemTimers.every(100, () => console.log('beat'));
 * stop();
 */
export interface Timers {
  /** @returns cancels it */
  after(milliseconds: number, act: () => void): () => void;
  /** @returns ends it */
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
