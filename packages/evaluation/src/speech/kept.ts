import { Results } from './results.ts';

/** What was counted so far, and how long it took to listen to it (CPU s). */
interface Counted<T> {
  readonly tally: T;
  readonly compute: number;
}

/** Counts by name, and the CPU time that they took (s). */
interface Counts<T> {
  get(name: string): T | undefined;
  set(name: string, tally: T): void;
  readonly compute: number;
}

/**
 * Counts in a file, which is written after each.
 * @param what has to be the same for the counts to be of use
 * @param compute CPU seconds so far of this run
 * @throws {InputError} when the file is of another measurement
 */
export function keptIn<T>(path: string, what: string, compute: () => number): Counts<T> {
  const counted = new Results<Counted<T>>(path, what);
  let before = 0;
  return {
    get: (name) => counted.get(name)?.tally,
    set(name, tally) {
      if (!counted.get(name)) counted.set(name, { tally, compute: compute() - before });
      before = compute();
    },
    get compute() {
      return counted.all().reduce((sum, each) => sum + each.compute, 0);
    },
  };
}
