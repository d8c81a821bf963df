import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvaluationReport } from '@praxis/evaluation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shardCommands } from './many-machines.ts';
import { praxis, root } from './run-praxis.ts';

const FIRST_SEED = 2_000_000;
const EPISODES = 6;
const EVALUATION = `--task pick --policy expert --episodes ${EPISODES} --seed ${FIRST_SEED}`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-shards-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a report says apart from what the wall clock measured. */
const unmeasured = ({ loop: { policy_ms: _, ...loop }, sim: __, ...report }: EvaluationReport) => ({ ...report, loop });

describe('shards', { timeout: 600_000 }, () => {
  it('that Slurm, Kubernetes and a CI would each run one of merge to the report and the trace of one run', async () => {
    for (const [i, { engine, shell, environment }] of shardCommands(EVALUATION, folder).entries()) {
      const [program, ...args] = shell;
      const run = spawnSync(program, args, {
        ...{ cwd: root, encoding: 'utf8', env: { ...process.env, ...environment(i + 1) } },
      });
      expect([engine, run.status, run.stdout.includes(`shard ${i + 1}/3`)]).toEqual([engine, 0, true]);
    }
    const files = [2, 3, 1].map((shard) => join(folder, `shard-${shard}.json`));
    const out = join(folder, 'merged.json');
    const merged = await praxis(['report', 'merge', ...files, '--json', '--out', out]);
    expect([merged.status, merged.err]).toEqual([0, '']);
    const whole = await praxis(['eval', ...EVALUATION.split(' '), '--workers', '1', '--json']);
    expect(unmeasured(JSON.parse(merged.out))).toEqual(unmeasured(JSON.parse(whole.out)));
    const seeds = JSON.parse(readFileSync(out, 'utf8')).episodes.map(({ seed }: { seed: number }) => seed);
    expect(seeds).toEqual(Array.from({ length: EPISODES }, (_, i) => FIRST_SEED + i));

    const missing = await praxis(['report', 'merge', files[0], files[2]]);
    expect([missing.status, missing.out, missing.err]).toEqual([2, '', 'praxis report: missing is shard 3/3\n']);
  });
});
