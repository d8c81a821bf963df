import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { writeBeside } from '../files.ts';

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
 * Counts in a file, for a measurement that takes longer than it may run in one go. The file is written after each.
 * @param what has to be the same for the counts to be of use
 * @param compute CPU seconds so far of this run
 * @throws {InputError} when the file is of another measurement
 */
export function keptIn<T>(path: string, what: string, compute: () => number): Counts<T> {
  const counted = new Map<string, Counted<T>>(Object.entries(read<T>(path, what)));
  let before = 0;
  return {
    get: (name) => counted.get(name)?.tally,
    set(name, tally) {
      if (!counted.has(name)) {
        counted.set(name, { tally, compute: compute() - before });
        writeBeside(path, JSON.stringify({ what, counted: Object.fromEntries(counted) }));
      }
      before = compute();
    },
    get compute() {
      return [...counted.values()].reduce((sum, each) => sum + each.compute, 0);
    },
  };
}

function read<T>(path: string, what: string): Record<string, Counted<T>> {
  if (!existsSync(path)) return {};
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as { what?: unknown; counted?: Record<string, Counted<T>> };
    if (file.what === what && file.counted) return file.counted;
  } catch (cause) {
    throw new InputError(`${path}: expected what an earlier run has counted`, { cause });
  }
  throw new InputError(`${path}: counts of another measurement, expected those of ${what}`);
}
