import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { writeJsonAtomically } from '../files/write.ts';
import type { ShardInfo } from './dataset.ts';

/** Episodes in one shard: what a kill can cost at most for each worker. */
export const SHARD_EPISODES = 50;

/** One shard to record. */
export interface ShardJob {
  readonly task: string;
  readonly seeds: readonly number[];
  /** Name of the file inside the dataset. */
  readonly file: string;
}

/** What a dataset was recorded with; going on with anything else is refused. */
export interface Recording {
  readonly tasks: readonly string[];
  readonly seed: number;
  /** Digest of the manifest of the policy that drives, or `expert`. */
  readonly policy: string;
  readonly beta: number;
}

/** Shards of a dataset, task by task, seeds in order. */
export function shardJobs(tasks: readonly string[], seeds: readonly number[]): readonly ShardJob[] {
  return tasks.flatMap((task) =>
    Array.from({ length: Math.ceil(seeds.length / SHARD_EPISODES) }, (_, i) => {
      const part = seeds.slice(i * SHARD_EPISODES, (i + 1) * SHARD_EPISODES);
      return { task, seeds: part, file: `${task}-${String(part[0]).padStart(7, '0')}.bin` };
    }),
  );
}

const infoPath = (out: string, job: ShardJob): string => join(out, `${job.file}.json`);

/** Says that a shard is complete; call it after the shard itself is in place. */
export const completeShard = (out: string, job: ShardJob, info: ShardInfo): void =>
  writeJsonAtomically(infoPath(out, job), info);

/** What is known of a shard that an earlier run completed, or undefined when it must be recorded (again). */
export function completedShard(out: string, job: ShardJob): ShardInfo | undefined {
  if (!existsSync(infoPath(out, job)) || !existsSync(join(out, job.file))) return undefined;
  const info: ShardInfo = JSON.parse(readFileSync(infoPath(out, job), 'utf8'));
  const seeds = info.episodes.map((episode) => episode.seed);
  return seeds.length === job.seeds.length && seeds.every((seed, i) => seed === job.seeds[i]) ? info : undefined;
}

/**
 * Makes the directory of a dataset, or opens the one that an earlier run left.
 * @throws {InputError} when it was recorded with something else, or is no dataset.
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
