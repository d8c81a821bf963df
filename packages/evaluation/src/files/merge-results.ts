import { InputError } from '@praxis/core';
import { parseShard, requireEveryShard, type Shard } from '../sharding/shard.ts';
import { firstDifference } from './first-difference.ts';
import { type ResultFile, readResults, resultFileText } from './result-store.ts';
import { writeAtomically } from './write.ts';

interface ResultShard extends ResultFile {
  readonly name: string;
  readonly shard: Shard;
}

function readShard(path: string): ResultShard {
  const file = readResults(path, 'the state file of a shard');
  const shard = parseShard(String(file.header.identity.shard));
  if (shard) return { ...file, name: path, shard };
  throw new InputError(`${path}: holds all results of ${file.header.command}, expected a shard of them, of --shard`);
}

/** What the results of a shard belong to: command and options, without the shard. */
const measurementOf = ({ header: { command, identity } }: ResultShard): Readonly<Record<string, unknown>> => ({
  command,
  ...identity,
  shard: undefined,
});

function requireSameMeasurement(first: ResultShard, other: ResultShard): void {
  const differs = firstDifference(measurementOf(first), measurementOf(other));
  if (!differs) return;
  const { key, expected, found } = differs;
  throw new InputError(
    `${other.name}: shard of another measurement than ${first.name}: ${key} ${found}, not ${expected}`,
  );
}

/**
 * Joins the state files of the shards of a measurement, in any order, into one file, from which the measurement continues without
 * `shard`: it runs what a shard was interrupted before.
 * @param paths one or more; the files of all shards
 * @returns the command that measures, such as `praxis faults`, and the number of results
 * @throws {InputError} in one line that names the file: a shard is missing, there twice or of another measurement, or two have one result
 */
export function mergeResults(
  paths: readonly string[],
  out: string,
): { readonly command: string; readonly results: number } {
  const shards = paths.map(readShard);
  for (const other of shards.slice(1)) requireSameMeasurement(shards[0], other);
  requireEveryShard(shards);
  const merged = new Map<string, unknown>();
  const origin = new Map<string, string>();
  for (const { name: file, results } of [...shards].sort((a, b) => a.shard.index - b.shard.index)) {
    for (const [name, result] of results) {
      if (origin.has(name)) throw new InputError(`${file}: result ${name} is in ${origin.get(name)} too`);
      origin.set(name, file);
      merged.set(name, result);
    }
  }
  const { header } = shards[0];
  const { shard: _, ...identity } = header.identity;
  writeAtomically(out, resultFileText({ ...header, identity }, merged));
  return { command: header.command, results: merged.size };
}
