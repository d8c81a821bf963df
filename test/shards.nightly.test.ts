import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EvaluationReport,
  evaluateEpisodes,
  evaluationRecord,
  evaluationReport,
  type Shard,
} from '@praxis/evaluation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { praxis } from './run-praxis.ts';

const EPISODES = 6;
const SEEDS = Array.from({ length: EPISODES }, (_, i) => 2_000_000 + i);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-shards-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const evaluateExpert = (shard?: Shard) =>
  evaluateEpisodes({ policy: 'expert', tasks: ['pick'], seeds: SEEDS, shard, workers: 1 });

/** What a report says apart from what the wall clock measured. */
const unmeasured = ({ loop: { policy_ms: _, ...loop }, sim: __, ...report }: EvaluationReport) => ({ ...report, loop });

describe('shards', () => {
  it('of an evaluation, each run by a process of its own, merge to the report and the trace of one run', async () => {
    const files: string[] = [];
    for (const index of [2, 3, 1]) {
      const file = join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(evaluationRecord(await evaluateExpert({ index, count: 3 }))));
      files.push(file);
    }
    const out = join(folder, 'merged.json');
    const merged = await praxis(['report', 'merge', ...files, '--json', '--out', out]);
    expect([merged.status, merged.err]).toEqual([0, '']);
    const { run, outcomes } = await evaluateExpert();
    const whole = JSON.parse(JSON.stringify(evaluationReport(run, outcomes)));
    expect(unmeasured(JSON.parse(merged.out))).toEqual(unmeasured(whole));
    expect(JSON.parse(readFileSync(out, 'utf8')).episodes.map((episode: { seed: number }) => episode.seed)).toEqual(
      SEEDS,
    );

    const missing = await praxis(['report', 'merge', files[0], files[2]]);
    expect([missing.status, missing.out, missing.err]).toEqual([2, '', 'praxis report: missing is shard 3/3\n']);
  });
});
