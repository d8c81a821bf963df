import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShardInfo } from './dataset.ts';
import { completedShard, completeShard, openDataset, type ShardJob, shardJobs } from './shards.ts';

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

const RECORD_BYTES = 100;
/** Two records. */
const RECORDS = Buffer.alloc(2 * RECORD_BYTES, 7);
const infoOf = ({ task, file, seeds }: ShardJob): ShardInfo => ({
  ...{ task, file, records: 2, sha256: createHash('sha256').update(RECORDS).digest('hex') },
  episodes: seeds.map((seed) => ({
    seed,
    first: 0,
    count: 1,
    success: true,
    goal: '',
    instruction: '',
    rewordings: [],
  })),
});

describe('completedShard', () => {
  it.each([
    ['cut', RECORDS.subarray(0, -1)],
    ['empty', Buffer.alloc(0)],
    ['of the right length with another byte', Buffer.from(RECORDS).fill(8, 5, 6)],
  ])('does not count a shard whose file is %s, which is made again', (_, bytes) => {
    const [job] = shardJobs(['pick'], seeds(3));
    writeFileSync(join(out, job.file), bytes);
    completeShard(out, job, infoOf(job));
    expect(completedShard(out, job, RECORD_BYTES)).toBeUndefined();
  });

  it.each(['', '{"file": "pi', 'null', '[]', '{"episodes": [null]}'])(
    'does not count a shard whose description is %j',
    (text) => {
      const [job] = shardJobs(['pick'], seeds(1));
      writeFileSync(join(out, job.file), RECORDS);
      writeFileSync(join(out, `${job.file}.json`), text);
      expect(completedShard(out, job, RECORD_BYTES)).toBeUndefined();
    },
  );

  it('finds a shard only when its file and description exist and the seeds are equal', () => {
    const [job] = shardJobs(['pick'], seeds(3));
    const info = infoOf(job);
    expect(completedShard(out, job, RECORD_BYTES)).toBeUndefined();
    completeShard(out, job, info);
    expect(completedShard(out, job, RECORD_BYTES)).toBeUndefined();
    writeFileSync(join(out, job.file), RECORDS);
    expect(completedShard(out, job, RECORD_BYTES)).toEqual(info);
    expect(completedShard(out, { ...job, seeds: seeds(4) }, RECORD_BYTES)).toBeUndefined();
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

  it.each(['', '{"tasks": ["pi', 'null', '3'])('refuses options of a recording that are %j in one line', (text) => {
    writeFileSync(join(out, 'recording.json'), text);
    expect(() => openDataset(out, recording)).toThrow(InputError);
    expect(() => openDataset(out, recording)).toThrow(/recording\.json: .*name another directory, or delete this one$/);
  });

  it('rejects a dataset that it did not record', () => {
    writeFileSync(join(out, 'dataset.json'), '{}');
    expect(() => openDataset(out, recording)).toThrow(InputError);
  });
});
