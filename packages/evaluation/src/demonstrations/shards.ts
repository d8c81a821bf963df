import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { firstLine, InputError } from '@praxis/core';
import { createFolder, writeJsonAtomically } from '../files/write.ts';
import type { ShardInfo } from './dataset.ts';

/** Number of episodes in one shard. An interrupted worker loses at most this many episodes. */
export const SHARD_EPISODES = 50;

/** One shard to record. */
export interface ShardJob {
  readonly task: string;
  readonly seeds: readonly number[];
  /** Name of the file inside the dataset. */
  readonly file: string;
}

/** Options that a dataset was recorded with. A recording resumes only with the same options. */
export interface Recording {
  readonly tasks: readonly string[];
  /** Name of the robot; undefined for the Praxis arm. */
  readonly robot?: string;
  readonly seed: number;
  /** SHA-256 of the manifest of the driving policy, or `expert`. */
  readonly policy: string;
  readonly beta: number;
  /** Space in which the expert drove; undefined for poses of the tool. */
  readonly space?: string;
  /** What differed from the cell of other demonstrations, as of `--perturb`; undefined for nothing. */
  readonly perturbed?: string;
  /** `record` where that changed the pictures with every record; undefined for every episode. */
  readonly pictures?: 'record';
}

/** Splits a recording into shards, task by task, with the seeds in order. */
export function shardJobs(tasks: readonly string[], seeds: readonly number[]): readonly ShardJob[] {
  return tasks.flatMap((task) =>
    Array.from({ length: Math.ceil(seeds.length / SHARD_EPISODES) }, (_, i) => {
      const part = seeds.slice(i * SHARD_EPISODES, (i + 1) * SHARD_EPISODES);
      return { task, seeds: part, file: `${task}-${String(part[0]).padStart(7, '0')}.bin` };
    }),
  );
}

const infoPath = (out: string, job: ShardJob): string => join(out, `${job.file}.json`);

/** Marks a shard as complete. Call it after the file of the shard has its final name. */
export const completeShard = (out: string, job: ShardJob, info: ShardInfo): void =>
  writeJsonAtomically(infoPath(out, job), info);

/**
 * Reads the description of a shard that an earlier run completed; undefined when the shard has to be recorded: it is missing, has other
 * episodes, or its file does not have the length and the SHA-256 of the description.
 * @param recordBytes size of a record
 */
export function completedShard(out: string, job: ShardJob, recordBytes: number): ShardInfo | undefined {
  if (!existsSync(infoPath(out, job)) || !existsSync(join(out, job.file))) return undefined;
  let info: ShardInfo;
  try {
    info = JSON.parse(readFileSync(infoPath(out, job), 'utf8'));
  } catch {
    return undefined;
  }
  const seeds = Array.isArray(info?.episodes) ? info.episodes.map((episode) => episode?.seed) : [];
  if (seeds.length !== job.seeds.length || !seeds.every((seed, i) => seed === job.seeds[i])) return undefined;
  const file = join(out, job.file);
  if (statSync(file).size !== info.records * recordBytes) return undefined;
  return createHash('sha256').update(readFileSync(file)).digest('hex') === info.sha256 ? info : undefined;
}

/** Reads how the dataset in a folder was recorded. @throws {InputError} in one line when the file is cut or holds something else */
function readRecording(path: string): Recording {
  try {
    const recording: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof recording === 'object' && recording !== null && 'tasks' in recording) return recording as Recording;
  } catch (cause) {
    throw new InputError(`${path}: is not JSON (${firstLine(cause)}); name another directory, or delete this one`, {
      cause,
    });
  }
  throw new InputError(`${path}: expected the options of a recording; name another directory, or delete this one`);
}

/**
 * Creates the directory of a dataset, or opens the directory of an earlier run.
 * @throws {InputError} when it was recorded with other options, or when this library did not record it
 */
export function openDataset(out: string, recording: Recording): void {
  createFolder(out);
  const path = join(out, 'recording.json');
  if (existsSync(path)) {
    const before = readRecording(path);
    for (const key of ['tasks', 'robot', 'seed', 'policy', 'beta', 'space', 'perturbed', 'pictures'] as const) {
      if (String(before[key]) === String(recording[key])) continue;
      throw new InputError(
        `--out ${out}: was recorded with ${key} ${before[key]}, not ${recording[key]}; name another directory`,
      );
    }
    return;
  }
  if (existsSync(join(out, 'dataset.json'))) {
    throw new InputError(`--out ${out}: holds a dataset that this command did not record; name another directory`);
  }
  writeJsonAtomically(path, recording);
}
