import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { writeBeside } from '../files/write-beside.ts';

/**
 * Results by name, for a measurement that takes longer than it may run in one go. The file is written after each; without one
 * they are in memory alone.
 */
export class Results<T> {
  readonly #path: string | undefined;
  readonly #what: string;
  readonly #results: Map<string, T>;

  /**
   * @param what has to be the same for the results to be of use
   * @throws {InputError} when the file is of another measurement
   */
  constructor(path: string | undefined, what: string) {
    this.#path = path;
    this.#what = what;
    this.#results = new Map(Object.entries(path === undefined ? {} : read<T>(path, what)));
  }

  get(name: string): T | undefined {
    return this.#results.get(name);
  }

  set(name: string, result: T): void {
    this.#results.set(name, result);
    if (this.#path === undefined) return;
    writeBeside(this.#path, JSON.stringify({ what: this.#what, counted: Object.fromEntries(this.#results) }));
  }

  all(): readonly T[] {
    return [...this.#results.values()];
  }
}

function read<T>(path: string, what: string): Record<string, T> {
  if (!existsSync(path)) return {};
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as { what?: unknown; counted?: Record<string, T> };
    if (file.what === what && file.counted) return file.counted;
  } catch (cause) {
    throw new InputError(`${path}: expected what an earlier run has counted`, { cause });
  }
  throw new InputError(`${path}: counts of another measurement, expected those of ${what}`);
}
