import { readFileSync } from 'node:fs';
import { afterAll } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Processor time that a test file took, with its imports and the processes that it started and awaited (s). */
    cpuS?: number;
  }
}

/** Clock ticks of the files in /proc (Hz). */
const TICK_RATE_HZ = 100;

/** Processor time of this process (s), on Linux with that of its ended children. */
function cpuTimeS(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The fields 14 to 17 are utime, stime, cutime and cstime; the second, a name in brackets, may hold spaces.
    const times = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15);
    return times.reduce((sum, ticks) => sum + Number(ticks), 0) / TICK_RATE_HZ;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
}

/** A worker without isolation runs several files: the time of each counts from the end of the one before. */
const worker: { cpuCountedS?: number } = globalThis as object;

// biome-ignore lint/correctness/noEmptyPattern: vitest wants a pattern here
afterAll(({}, suite) => {
  const now = cpuTimeS();
  suite.meta.cpuS = now - (worker.cpuCountedS ?? 0);
  worker.cpuCountedS = now;
});
