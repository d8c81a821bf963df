import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { writeJsonAtomically } from '../files/write.ts';
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
  readonly seed: number;
  /** SHA-256 of the manifest of the driving policy, or `expert`. */
  readonly policy: string;
  readonly beta: number;
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

/** Reads the description of a shard that an earlier run completed; undefined when the shard has to be recorded. */
export function completedShard(out: string, job: ShardJob): ShardInfo | undefined {
  if (!existsSync(infoPath(out, job)) || !existsSync(join(out, job.file))) return undefined;
  const info: ShardInfo = JSON.parse(readFileSync(infoPath(out, job), 'utf8'));
  const seeds = info.episodes.map((episode) => episode.seed);
  return seeds.length === job.seeds.length && seeds.every((seed, i) => seed === job.seeds[i]) ? info : undefined;
}

/**
 * Creates the directory of a dataset, or opens the directory of an earlier run.
 * @throws {InputError} when it was recorded with other options, or when this library did not record it
 */
export function openDataset(out: string, recording: Recording): void {
  const path = join(out, 'recording.json');
  if (existsSync(path)) {
    const before: Recording = JSON.parse(readFileSync(path, 'utf8'));
    for (const key of ['tasks', 'seed', 'policy', 'beta'] as const) {
      if (String(before[key]) === String(recording[key])) continue;
      throw new InputError(
        `--out ${out}: was recorded with ${key} ${before[key]}, not ${recording[key]}; name another directory`,
      );
    }
  } else if (existsSync(join(out, 'dataset.json'))) {
    throw new InputError(`--out ${out}: holds a dataset that this command did not record; name another directory`);
  }
  writeJsonAtomically(path, recording);
}
