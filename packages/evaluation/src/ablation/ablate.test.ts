import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ablate, ablationPlan } from './ablate.ts';
import { readResults } from './results.ts';

/**
 * Stands for Python: `train.py` writes a log and a checkpoint of every tenth step and stops at SIGINT, `export.py` copies the shipped
 * policy. What is between them, the order, the resumption and the evaluation, is what these tests are about.
 */
const FAKE_PYTHON = `#!${process.execPath}
const { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const [program, ...args] = process.argv.slice(2);
const of = (name) => args[args.indexOf(name) + 1];
if (program === '-c') console.log(JSON.stringify({ python: '3.12.0', torch: '2.6.0', device: 'cpu' }));
else if (program.endsWith('train.py')) {
  const out = of('--out');
  const end = Number(of('--steps'));
  let step = args.includes('--resume') ? Number(readFileSync(join(out, 'last.pt'), 'utf8')) : 0;
  console.log('from step ' + step + ' ' + args.slice(args.indexOf('--seed')).join(' '));
  const stop = () => { writeFileSync(join(out, 'last.pt'), String(step)); process.exit(0); };
  process.on('SIGINT', stop);
  const timer = setInterval(() => {
    step += 10;
    appendFileSync(join(out, 'log.jsonl'), JSON.stringify({ step }).replace(':', ': ') + '\\n');
    console.log((100 * step / end).toFixed(1) + ' % step ' + step + ' loss 1');
    if (step >= end) stop();
  }, 60);
} else {
  const out = of('--out');
  if (!existsSync(of('--checkpoint'))) process.exit(1);
  cpSync(${JSON.stringify(DEFAULT_POLICY_FOLDER)}, out, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  const training = { ...manifest.training, parameters: 1966111, wall_s: 12 };
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ ...manifest, name: basename(out), training }));
}
`;

let scratch: string;
let trainer: { readonly python: string; readonly folder: string };
let data: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-ablate-'));
  trainer = { python: join(scratch, 'python'), folder: 'training' };
  writeFileSync(trainer.python, FAKE_PYTHON);
  chmodSync(trainer.python, 0o755);
  data = join(scratch, 'pick');
  mkdirSync(data);
  const shards = [{ file: 'pick.bin', task: 'pick', records: 3, episodes: [{ seed: 0 }] }];
  const robot = { name: 'praxis_arm' };
  writeFileSync(
    join(data, 'dataset.json'),
    JSON.stringify({ format: 'praxis-demos/1', fields: [{ name: 'wrench' }], shards, robot }),
  );
  writeFileSync(join(data, 'pick.bin'), '');
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe('an ablation', () => {
  it('continues where it was interrupted, and repeats the best arm with one modality', async () => {
    const plan = await ablationPlan({ data: [data], steps: 100, arms: ['vision'], trainingSeeds: 2, episodes: 1 });
    expect(plan.tasks).toEqual(['pick']);
    const out = join(scratch, 'out');
    const abort = new AbortController();
    const bars: (readonly [string, number])[] = [];
    const shown = {
      startProgress: (label: string, _: number, done = 0) => {
        bars.push([label, done]);
        let steps = done;
        return {
          step: (_remark: string, units = 1) => {
            steps += units;
            if (label.startsWith('train') && steps >= 30) abort.abort();
          },
          stop: () => {},
        };
      },
    };
    expect(await ablate({ plan, out, trainer, signal: abort.signal, ...shown })).toBeUndefined();
    const checkpoint = Number(readFileSync(join(out, 'training/vision-0/last.pt'), 'utf8'));
    expect(checkpoint).toBeGreaterThanOrEqual(30);
    expect(checkpoint).toBeLessThan(100);
    expect(existsSync(join(out, 'policies'))).toBe(false);
    expect(readResults(out, plan)).toMatchObject({ trainings: [], missing: [{ arm: 'vision', seed: 0 }] });

    bars.length = 0;
    const results = await ablate({ plan, out, trainer, startProgress: shown.startProgress });
    expect(bars).toEqual([
      ['train vision-0', checkpoint],
      ['evaluate vision-0 pick', 0],
      ['train vision-1', 0],
      ['evaluate vision-1 pick', 0],
    ]);
    expect(readFileSync(join(out, 'training/vision-0/output.txt'), 'utf8')).toContain(
      `from step ${checkpoint} --seed 0 --fusion gated --without wrench --without language --resume`,
    );
    expect(results).toMatchObject({
      trainings: [
        { arm: 'vision', seed: 0, parameters: 1966111, trainingS: 12, machine: { torch: '2.6.0' } },
        { arm: 'vision', seed: 1 },
      ],
      ...{ bestSingle: 'vision', missing: [] },
    });
    for (const { evaluation } of results!.trainings) {
      expect(evaluation.run).toMatchObject({ mask: ['wrench', 'language'], seed: 2_000_000, partial: false });
      const [{ gates }] = evaluation.outcomes;
      expect(gates!.language.every((gate) => gate === 0)).toBe(true);
      expect(gates!.vision[0]).toBeGreaterThan(0);
    }

    bars.length = 0;
    await ablate({ plan, out, trainer, startProgress: shown.startProgress });
    expect(bars).toEqual([]);
  });

  it('is checked before anything is trained', async () => {
    const options = { data: [data], steps: 10 };
    await expect(ablationPlan({ ...options, tasks: ['sort'] })).rejects.toThrow(
      '--tasks sort: no arm can learn it, since the demonstrations are of pick',
    );
    await expect(ablationPlan({ ...options, robot: 'robots/arm5' })).rejects.toThrow(
      `--data ${data}: demonstrations of robot praxis_arm, not of arm5`,
    );
    await expect(ablationPlan({ ...options, training: ['--seed', '3'] })).rejects.toThrow(
      '-- --seed: the ablation decides',
    );
    await expect(ablationPlan({ ...options, training: ['vision'] })).rejects.toThrow(
      'vision: expected options of train.py after --',
    );
    const plan = await ablationPlan({ ...options, arms: ['vision', 'all'] });
    expect(plan.arms).toEqual(['all', 'vision']);
    const out = join(scratch, 'none');
    await expect(ablate({ plan, out, trainer: { ...trainer, python: 'no-such-python' } })).rejects.toThrow(
      '--python no-such-python: cannot be run',
    );
    expect(existsSync(out)).toBe(false);
  });

  it('tells of a program that fails in one line', async () => {
    const plan = await ablationPlan({ data: [data], steps: 10, arms: ['all'], trainingSeeds: 1, episodes: 1 });
    const python = join(scratch, 'failing');
    writeFileSync(
      python,
      `#!${process.execPath}\nif (process.argv[2] === '-c') console.log('{}'); else { console.error('Traceback\\nRuntimeError: out of memory'); process.exit(1); }`,
    );
    chmodSync(python, 0o755);
    const out = join(scratch, 'failed');
    await expect(ablate({ plan, out, trainer: { ...trainer, python } })).rejects.toThrow(
      `training/train.py failed (status 1): RuntimeError: out of memory; its output is in ${join(out, 'training/all-0/output.txt')}`,
    );
  });
});
