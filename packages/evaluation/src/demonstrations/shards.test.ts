import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShardInfo } from './dataset.ts';
import { completedShard, completeShard, openDataset, shardJobs } from './shards.ts';

const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => 100 + i);

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'praxis-shards-'));
});
afterEach(() => rmSync(out, { recursive: true }));

describe('shardJobs', () => {
  it('puts every seed of every task into exactly one shard, in order', () => {
    const jobs = shardJobs(['pick', 'sort'], seeds(120));
    expect(jobs.map((job) => [job.task, job.seeds.length])).toEqual([
      ['pick', 50],
      ['pick', 50],
      ['pick', 20],
      ['sort', 50],
      ['sort', 50],
      ['sort', 20],
    ]);
    expect(jobs.slice(0, 3).flatMap((job) => job.seeds)).toEqual(seeds(120));
    expect(new Set(jobs.map((job) => job.file)).size).toBe(6);
  });
});

describe('completedShard', () => {
  it('finds a shard only when its file and description exist and the seeds are equal', () => {
    const [job] = shardJobs(['pick'], seeds(3));
    const info = { file: job.file, episodes: job.seeds.map((seed) => ({ seed })) } as unknown as ShardInfo;
    expect(completedShard(out, job)).toBeUndefined();
    completeShard(out, job, info);
    expect(completedShard(out, job)).toBeUndefined();
    writeFileSync(join(out, job.file), 'records');
    expect(completedShard(out, job)).toEqual(info);
    expect(completedShard(out, { ...job, seeds: seeds(4) })).toBeUndefined();
    expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('openDataset', () => {
  const recording = { tasks: ['pick'], seed: 0, policy: 'expert', beta: 1 };

  it('resumes the same recording and rejects another', () => {
    openDataset(out, recording);
    openDataset(out, recording);
    expect(() => openDataset(out, { ...recording, seed: 50 })).toThrow(InputError);
    expect(() => openDataset(out, { ...recording, seed: 50 })).toThrow('was recorded with seed 0, not 50');
  });

  it('rejects a dataset that it did not record', () => {
    writeFileSync(join(out, 'dataset.json'), '{}');
    expect(() => openDataset(out, recording)).toThrow(InputError);
  });
});
