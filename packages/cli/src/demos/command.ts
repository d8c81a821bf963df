import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '@praxis/core';
import type { DemosSetup, EpisodeNews } from '@praxis/evaluation';
import {
  completedShard,
  datasetManifest,
  openDataset,
  runInWorkers,
  type ShardInfo,
  type ShardJob,
  shardJobs,
  writeJson,
} from '@praxis/evaluation';
import { TASK_NAMES } from '@praxis/sim';
import { VALIDATION_SEEDS } from '@praxis/sim/seeds';
import type { DemosOptions } from '../commands/demos.ts';
import { namesFrom, numberIn, seedRange, wholeNumber } from '../options/options.ts';
import { policyDirectory } from '../options/paths.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** @returns exit status. @throws {InputError} on wrong options or a directory that holds another recording. */
export async function run(options: DemosOptions): Promise<number> {
  const tasks = namesFrom('--task', options.task, TASK_NAMES);
  const seeds = seedRange(options.seed, options.episodes);
  const workers = wholeNumber('--workers', options.workers, 1, 64);
  if (seeds[seeds.length - 1] >= VALIDATION_SEEDS) {
    throw new InputError(`--seed ${options.seed}: demonstrations use seeds below ${VALIDATION_SEEDS}`);
  }
  if (options.beta !== undefined && options.policy === undefined) throw new InputError('--beta: needs --policy');
  const policy = options.policy === undefined ? undefined : policyDirectory(options.policy);
  const beta = policy === undefined ? 1 : numberIn('--beta', options.beta ?? '0.3', 0, 1);
  const out = resolve(options.out);
  const driving = policy === undefined ? 'expert' : digest(join(policy, 'manifest.json'));
  openDataset(out, { tasks, seed: seeds[0], policy: driving, beta });

  const jobs = shardJobs(tasks, seeds);
  const infos = new Map<ShardJob, ShardInfo>();
  for (const job of jobs) {
    const info = completedShard(out, job);
    if (info) infos.set(job, info);
  }
  const todo = jobs.filter((job) => !infos.has(job));
  const before = [...infos.keys()].reduce((sum, job) => sum + job.seeds.length, 0);
  if (before > 0) note(`praxis demos: ${before} episodes are there already`);

  const interrupted = interruption();
  const bar = progress('demos', tasks.length * seeds.length, before);
  let done = 0;
  let successes = 0;
  await runInWorkers<DemosSetup, ShardJob, ShardInfo, EpisodeNews>({
    module: new URL('../../../evaluation/src/demonstrations/worker.ts', import.meta.url),
    setup: { out, policy, beta },
    jobs: todo,
    workers,
    signal: interrupted.signal,
    onNews({ success }) {
      done++;
      if (success) successes++;
      bar.step(`${successes}/${done} succeeded`);
    },
    onResult: (info, job) => infos.set(job, info),
  }).finally(() => {
    bar.stop();
    interrupted.release();
  });

  const shards = jobs.flatMap((job) => infos.get(job) ?? []);
  const partial = shards.length < jobs.length;
  writeJson(join(out, 'dataset.json'), {
    ...datasetManifest(shards),
    recording: { seed: seeds[0], policy: driving, beta },
  });
  const episodes = shards.flatMap((shard) => shard.episodes);
  const summary = {
    out: options.out,
    shards: shards.length,
    episodes: episodes.length,
    successes: episodes.filter((episode) => episode.success).length,
    records: shards.reduce((sum, shard) => sum + shard.records, 0),
    ...(partial ? { partial: true } : {}),
  };
  if (options.json) printJson(summary);
  else {
    print(
      `${summary.records} records of ${summary.episodes} episodes, ${summary.successes} succeeded, in ${options.out}`,
    );
    if (partial) print('PARTIAL: run the same command again to go on');
  }
  return partial ? EXIT.interrupted : EXIT.ok;
}
