import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { firstLine, InputError } from '@praxis/core';
import { readInputFile } from '@praxis/policy/node';

/** Demonstrations that every arm is trained on. */
export interface AblationData {
  /** Folder as the user named it. */
  readonly path: string;
  /** How often its records are drawn, beside those of the other folders. */
  readonly weight: number;
  /** SHA-256 of its `dataset.json`, which holds the digests of all records. */
  readonly sha256: string;
  /** Name of the robot that demonstrated; undefined in datasets of older versions. */
  readonly robot?: string;
  /** Tasks with records, in alphabetical order. */
  readonly tasks: readonly string[];
  readonly episodes: number;
  readonly records: number;
  /** Whether the records hold the wrench. */
  readonly wrench: boolean;
}

/** What is read of a `dataset.json`. */
interface DatasetJson {
  readonly format?: unknown;
  readonly fields?: readonly { readonly name: string }[];
  readonly shards?: readonly {
    readonly file: string;
    readonly task: string;
    readonly records: number;
    readonly episodes: readonly unknown[];
  }[];
  readonly robot?: { readonly name?: string };
}

const EXPECTED = 'demonstrations that `npx praxis demos --out DIR` recorded';

/** Splits `DIR` or `DIR:WEIGHT`; the default weight is 1. */
export function parseDataSource(text: string): { readonly path: string; readonly weight: number } {
  const [, path, weight] = /^(.+):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return path === undefined ? { path: text, weight: 1 } : { path, weight: Number(weight) };
}

/**
 * Reads what a folder of demonstrations holds.
 * @param source `DIR` or `DIR:WEIGHT`
 * @throws {InputError} in one line when it is no such folder, has no records, or lacks a file of them
 */
export function readAblationData(source: string): AblationData {
  const { path, weight } = parseDataSource(source);
  const fail = (what: string, cause?: unknown): never => {
    throw new InputError(`--data ${source}: ${what}, expected ${EXPECTED}`, { cause });
  };
  const file = join(path, 'dataset.json');
  if (!existsSync(file)) return fail(existsSync(path) ? 'has no dataset.json' : 'is no folder');
  const bytes = readInputFile(file, EXPECTED);
  let content: DatasetJson;
  try {
    content = JSON.parse(bytes.toString()) ?? {};
  } catch (cause) {
    return fail(`dataset.json is not JSON (${firstLine(cause)})`, cause);
  }
  const { format, fields, shards, robot } = content;
  if (format !== 'praxis-demos/1' || !Array.isArray(fields) || !Array.isArray(shards))
    return fail(`dataset.json has the format ${JSON.stringify(format) ?? 'none'}`);
  const missing = shards.find((shard) => !existsSync(join(path, shard.file)));
  if (missing) return fail(`${missing.file} is missing`);
  const records = shards.reduce((sum, shard) => sum + shard.records, 0);
  if (records === 0) return fail('has no records');
  return {
    ...{ path, weight, sha256: createHash('sha256').update(bytes).digest('hex') },
    ...(robot?.name === undefined ? {} : { robot: robot.name }),
    tasks: [...new Set(shards.filter((shard) => shard.records > 0).map(({ task }) => task))].sort(),
    episodes: shards.reduce((sum, shard) => sum + shard.episodes.length, 0),
    records,
    wrench: fields.some(({ name }) => name === 'wrench'),
  };
}
