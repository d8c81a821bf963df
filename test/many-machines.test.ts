import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { job, shardCommands, stepOf, workflow } from './many-machines.ts';
import { root } from './run-praxis.ts';

const EVALUATION = '--task pick,sort --episodes 200';

/** Folder with an `npx` that prints its arguments, one a line: what a file would run. */
let printing: string;
beforeAll(() => {
  printing = mkdtempSync(join(tmpdir(), 'praxis-npx-'));
  writeFileSync(join(printing, 'npx'), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(printing, 'npx'), 0o755);
});
afterAll(() => rmSync(printing, { recursive: true }));

/** Runs a command of a file with the printing `npx` and returns the arguments. */
function argumentsOf([program, ...args]: readonly string[], environment: Readonly<Record<string, string>>): string[] {
  const env = { ...process.env, ...environment, PATH: `${printing}${delimiter}${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: root, env });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.trim().split('\n');
}

describe.each(shardCommands(EVALUATION, '/out'))('the file of $engine', ({ shell, shards, environment }) => {
  it('runs every shard once, with the options of the evaluation and a file of its own', () => {
    const runs = Array.from({ length: shards }, (_, i) => argumentsOf(shell, environment(i + 1)));
    for (const [i, run] of runs.entries()) {
      expect(run.slice(0, 6)).toEqual(['praxis', 'eval', ...EVALUATION.split(' ')]);
      expect(run[run.indexOf('--shard') + 1]).toBe(`${i + 1}/${shards}`);
      expect(run[run.indexOf('--out') + 1]).toBe(`/out/shard-${i + 1}.json`);
    }
  });
});

describe('the files for many machines', () => {
  it('run one shard of Slurm again under its number of the whole', () => {
    const [{ shell, environment }] = shardCommands(EVALUATION, '/out');
    const again = argumentsOf(shell, { ...environment(2), SLURM_ARRAY_TASK_COUNT: '1', SHARDS: '3' });
    expect(again[again.indexOf('--shard') + 1]).toBe('2/3');
  });

  it('give a Kubernetes job as many indices as shards', () => {
    const { completionMode, completions, template } = job().spec;
    const shards = template.spec.containers[0].env.find(({ name }) => name === 'SHARDS');
    expect([completionMode, `${completions}`]).toEqual(['Indexed', shards?.value]);
  });

  it('join the shards of the matrix in a job that waits for them', () => {
    const { report } = workflow().jobs;
    expect(report.needs).toBe('shard');
    const out = mkdtempSync(join(tmpdir(), 'praxis-matrix-'));
    try {
      for (const shard of [1, 2, 3]) writeFileSync(join(out, `shard-${shard}.json`), '');
      const merge = argumentsOf(['bash', '-e', '-c', stepOf(report.steps, 'Merge')], { OUT: out });
      const files = readdirSync(out).map((name) => join(out, name));
      expect(merge).toEqual(['praxis', 'report', 'merge', ...files, '--out', join(out, 'merged.json')]);
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});
