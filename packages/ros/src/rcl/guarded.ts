import type { RclLogger } from './types.ts';

/** ms: the same failure is told once in so long. */
const TOLD_EVERY = 1000;

/**
 * A callback that never throws. An error thrown in one aborts the whole process in native code; here it becomes a line in the
 * log, once a second at most.
 */
export function guarded<A extends readonly unknown[]>(
  log: RclLogger,
  what: string,
  callback: (...args: A) => void,
): (...args: A) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      const now = performance.now();
      if (now - told < TOLD_EVERY) return;
      told = now;
      log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  };
}
