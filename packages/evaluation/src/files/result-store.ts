import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '@praxis/core';

const FORMAT = 'praxis-results/1';

/** What results were made by. Results of another measurement are of no use to this one. */
export interface Measurement {
  /** The command: `praxis faults`. */
  readonly command: string;
  /** Everything that has to be the same: policy, seed, voices. Values that JSON keeps; undefined ones are left out. */
  readonly identity: object;
  /** How a user begins anew, in words. Default: by the name of another file. */
  readonly afresh?: string;
}

interface Header {
  readonly format: typeof FORMAT;
  readonly command: string;
  readonly identity: Readonly<Record<string, unknown>>;
}

/**
 * Results by name, for a measurement that takes longer than it may run in one go. The file holds one JSON object a line; each is
 * appended as soon as it is there, so that an interrupted run goes on where it stopped. A last line that was cut off is left
 * out; of two results with one name the later counts. Without a file the results are in memory alone.
 */
export class ResultStore<T> {
  readonly #path: string | undefined;
  readonly #results = new Map<string, T>();

  /** @throws {InputError} when the file is not a file of results, or holds those of another measurement. */
  constructor(path: string | undefined, measurement: Measurement) {
    this.#path = path;
    if (path === undefined) return;
    const { command, identity } = measurement;
    if (existsSync(path)) this.#read(path, measurement);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify({ format: FORMAT, command, identity })}\n`);
    }
  }

  get(name: string): T | undefined {
    return this.#results.get(name);
  }

  /** Keeps a result, in the file before this returns. */
  set(name: string, result: T): void {
    this.#results.set(name, result);
    if (this.#path !== undefined) appendFileSync(this.#path, `${JSON.stringify({ name, result })}\n`);
  }

  /** All results, in the order in which they were first kept. */
  all(): readonly T[] {
    return [...this.#results.values()];
  }

  #read(path: string, { command, identity, afresh = 'name another file' }: Measurement): void {
    const [first, ...lines] = readFileSync(path, 'utf8').split('\n');
    const header = parsed(first) as Header | undefined;
    if (header?.format !== FORMAT || header.command !== command) {
      throw new InputError(`${path}: expected results of ${command}`);
    }
    const wanted: Header['identity'] = JSON.parse(JSON.stringify(identity));
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(header.identity)])) {
      const [found, expected] = [header.identity[key], wanted[key]].map((value) => JSON.stringify(value) ?? 'none');
      if (found === expected) continue;
      throw new InputError(`${path}: counts of another measurement: ${key} ${found}, not ${expected}; ${afresh}`);
    }
    // What was cut off must not run into what comes next.
    if (lines.at(-1) !== '') appendFileSync(path, '\n');
    for (const line of lines) {
      const stored = parsed(line) as { readonly name: string; readonly result: T } | undefined;
      if (stored) this.#results.set(stored.name, stored.result);
    }
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
