/** Shortest time (ms) between two log lines of one callback. */
const REPORT_INTERVAL_MS = 1000;

/** The part of a logger that takes errors. */
export interface ErrorLog {
  error(message: string): unknown;
}

/**
 * Wraps a callback so that it never throws. An error in a callback from native code would abort the process; the wrapper logs
 * it instead, at most once a second.
 * @param what name of the callback in the log
 */
export function catchErrors<A extends readonly unknown[]>(
  log: ErrorLog,
  what: string,
  callback: (...args: A) => void,
): (...args: A) => void {
  let lastReportMs = Number.NEGATIVE_INFINITY;
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      const now = performance.now();
      if (now - lastReportMs < REPORT_INTERVAL_MS) return;
      lastReportMs = now;
      log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  };
}
