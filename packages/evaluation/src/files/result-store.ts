import { appendFileSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';
import { readInputFile } from '@praxis/policy/node';
import { firstDifference } from './first-difference.ts';
import { checkWritable, createFolder } from './write.ts';

const FORMAT = 'praxis-results/1';

/** Identifies the measurement that results belong to. A store rejects the results of another measurement. */
export interface Measurement {
  /** Command that measures, such as `praxis faults`. */
  readonly command: string;
  /** Options that have to be equal for results to be comparable, such as policy, seed and voices. JSON values; undefined is omitted. */
  readonly identity: object;
  /** Tells the user how to start over. Default: by naming another file. */
  readonly restartHint?: string;
}

/** First line of a file of results. */
export interface ResultHeader {
  readonly format: typeof FORMAT;
  readonly command: string;
  readonly identity: Readonly<Record<string, unknown>>;
}

/**
 * Stores results by name, so that an interrupted measurement can resume. The file has one JSON object per line, and each result is
 * appended at once. Reading skips an incomplete last line; of two results with the same name the later one counts. Without a file
 * the results stay in memory.
 */
export class ResultStore<T> {
  readonly #path: string | undefined;
  readonly #results = new Map<string, T>();

  /** @throws {InputError} when the file is not a file of results, holds results of another measurement, or cannot be written */
  constructor(path: string | undefined, measurement: Measurement) {
    this.#path = path;
    if (path === undefined) return;
    const { command, identity } = measurement;
    if (existsSync(path)) this.#read(path, measurement);
    else {
      checkWritable(path);
      createFolder(dirname(path));
      this.#append({ format: FORMAT, command, identity });
    }
  }

  get(name: string): T | undefined {
    return this.#results.get(name);
  }

  /** Stores a result. It is in the file when this returns. */
  set(name: string, result: T): void {
    this.#results.set(name, result);
    this.#append({ name, result });
  }

  /** All results, in the order in which their names were first stored. */
  all(): readonly T[] {
    return [...this.#results.values()];
  }

  #append(line: object): void {
    if (this.#path !== undefined) appendTo(this.#path, `${JSON.stringify(line)}\n`);
  }

  #read(path: string, { command, identity, restartHint = 'name another file' }: Measurement): void {
    const { header, results, complete } = readResults(path, `results of ${command}`);
    if (header.command !== command) throw new InputError(`${path}: expected results of ${command}`);
    const wanted: ResultHeader['identity'] = JSON.parse(JSON.stringify(identity));
    const differs = firstDifference(wanted, header.identity);
    if (differs) {
      const { key, expected, found } = differs;
      throw new InputError(`${path}: results of another measurement: ${key} ${found}, not ${expected}; ${restartHint}`);
    }
    // The next result must not be appended to an incomplete line.
    if (!complete) appendTo(path, '\n');
    for (const [name, result] of results) this.#results.set(name, result as T);
  }
}

/** The content of a file of results. */
export interface ResultFile {
  readonly header: ResultHeader;
  /** The results by name, in the order of the file; of two with the same name the later one. */
  readonly results: ReadonlyMap<string, unknown>;
  /** False when the last line has no end. */
  readonly complete: boolean;
}

/** True for a file whose first line is that of a file of results. @throws {InputError} when it cannot be read */
export function isResultFile(path: string): boolean {
  const text = readInputFile(path, 'results').toString();
  const header = parseJson(text.split('\n', 1)[0]) as ResultHeader | null | undefined;
  return header?.format === FORMAT;
}

/** Reads a file of results; an incomplete last line is skipped. @param expected names the results in the message @throws {InputError} for any other file */
export function readResults(path: string, expected: string): ResultFile {
  const [first, ...lines] = readInputFile(path, expected).toString().split('\n');
  const header = parseJson(first) as ResultHeader | null | undefined;
  if (header?.format !== FORMAT) throw new InputError(`${path}: expected ${expected}`);
  const results = new Map<string, unknown>();
  for (const line of lines) {
    const stored = parseJson(line) as { readonly name: string; readonly result: unknown } | null | undefined;
    if (stored) results.set(stored.name, stored.result);
  }
  return { header, results, complete: lines.at(-1) === '' };
}

/** Formats a file of results. */
export const resultFileText = (header: ResultHeader, results: ReadonlyMap<string, unknown>): string =>
  [header, ...Array.from(results, ([name, result]) => ({ name, result }))]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

function appendTo(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (cause) {
    throw new InputError(`${path}: cannot be written: ${errorMessage(cause)}`, { cause });
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
