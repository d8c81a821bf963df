import type { RclLogger } from './types.ts';

/** ms: the same failure is told once in so long. */
const REPORT_INTERVAL_MS = 1000;

/**
 * A callback that never throws. An error thrown in one aborts the whole process in native code; here it becomes a line in the
 * log, once a second at most.
 */
export function catchErrors<A extends readonly unknown[]>(
  log: RclLogger,
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
