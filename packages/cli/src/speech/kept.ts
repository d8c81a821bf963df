import type { Kept, Tally } from '@praxis/speech';
import { Results } from './results.ts';

/** What was counted so far, and how long it took to listen to it (CPU s). */
export interface Counted {
  readonly tally: Tally;
  readonly compute: number;
}

/**
 * Counts in a file, which is written after each.
 * @param what has to be the same for the counts to be of use
 * @param compute CPU seconds so far of this run
 * @throws {InputError} when the file is of another measurement
 */
export function keptIn(path: string, what: string, compute: () => number): Kept & { readonly compute: number } {
  const counted = new Results<Counted>(path, what);
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
