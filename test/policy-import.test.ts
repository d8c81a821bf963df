import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lerobotFolder, safetensorsFile } from '@praxis/policy/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';
import { root } from './run-praxis.ts';

const arm5 = join(root, 'robots/arm5');
const scratch = mkdtempSync(join(tmpdir(), 'praxis-policy-import-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const ELEMENTS = ['joint1', 'joint2', 'joint3', 'joint4', 'joint5', 'gripper'];
const ROWS = 8;
const SIZE = 6;
const STATE_MEAN = [0, 0.2, 1.5, 1.4, 0, 0.03];
const source = join(scratch, 'act');
mkdirSync(source);
const images = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
const files = lerobotFolder({
  rows: ROWS,
  statistics: {
    'observation.state': { mean: STATE_MEAN, std: [1, 1, 1, 1, 1, 0.02] },
    action: { mean: [0, 0.2, 1.5, 1.4, 0, 0.03], std: [0.1, 0.1, 0.1, 0.1, 0.1, 0.001] },
    'observation.images.front': images,
    'observation.images.wrist': images,
  },
});
for (const [name, bytes] of files) writeFileSync(join(source, name), bytes);

const elements = ['observation.state', 'action'].flatMap((name) => ['--elements', `${name}=${ELEMENTS.join(',')}`]);
const complete = [...elements, '--joint-unit', 'rad', '--gripper-unit', 'm', '--rate', '10', '--task', 'pick'];

describe('praxis policy import', () => {
  it('lists every missing option in one line, with status 2', async () => {
    const out = join(scratch, 'none');
    const { status, err } = await runMain(['policy', 'import', source, '--robot', arm5, '--out', out]);
    expect(status).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^praxis policy: missing --elements observation.state=<6 names>/);
    for (const option of ['--elements action=<6 names>', '--rate <hz>', 'gripper']) expect(err).toContain(option);
    const units = await runMain(['policy', 'import', source, '--robot', arm5, '--out', out, ...elements]);
    expect(units.err).toMatch(/missing --joint-unit rad\|deg .*; --gripper-unit m\|mm\|%\|1 .*; --rate <hz>/);
  });

  it('names the option, its value and the expected form', async () => {
    const { status, err } = await runMain(['policy', 'import', source, '--out', scratch, '--rate', 'fast']);
    expect([status, err]).toEqual([2, 'praxis policy: --rate fast: expected a number above 0 (Hz)\n']);
  });

  it('imports a LeRobot folder, whose actions then equal recorded ones; a wrong one is found', async () => {
    const out = join(scratch, 'imported');
    const run = await runMain(['policy', 'import', source, '--robot', arm5, '--out', out, '--json', ...complete]);
    expect(run.err).toBe('');
    expect(JSON.parse(run.out)).toMatchObject({ policy: 'act', robot: 'arm5', path: join(out, 'manifest.json') });
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toMatchObject({ tasks: ['pick'] });

    // With grey images and the state at its mean the graph gives k for row k, of which the processors make mean + k * std.
    const count = 3;
    const grey = new Uint8Array(count * 96 * 96 * 3).fill(128);
    const grey0 = (128 / 255 - 0.5) / 0.25;
    const row = (k: number) =>
      Float32Array.from([0, 0.2, 1.5, 1.4, 0, 0.03], (mean, i) => mean + (k + 0.75 * grey0) * (i < 5 ? 0.1 : 0.001));
    const actions = new Float32Array(count * ROWS * SIZE);
    for (let n = 0; n < count * ROWS; n++) actions.set(row(n % ROWS), n * SIZE);
    const state = Float32Array.from({ length: count * SIZE }, (_, i) => STATE_MEAN[i % SIZE]);
    const write = (name: string): string => {
      const file = join(scratch, name);
      const image = { shape: [count, 96, 96, 3], data: grey };
      writeFileSync(
        file,
        safetensorsFile({
          'observation.state': { shape: [count, SIZE], data: state },
          'observation.images.front': image,
          'observation.images.wrist': image,
          action: { shape: [count, ROWS, SIZE], data: actions },
        }),
      );
      return file;
    };
    const check = async (file: string) => {
      const args = ['policy', 'check', out, '--robot', arm5, '--scenes', '1', '--observations', file, '--json'];
      return JSON.parse((await runMain(args)).out);
    };
    const equal = await check(write('equal.safetensors'));
    expect(equal.recorded).toMatchObject({ observations: count, horizon: ROWS, tolerance: 1e-4 });
    expect(equal.recorded.first).toBeUndefined();
    // The expert of this arm closes the gripper in every probe, to a width of 0.
    expect(JSON.stringify(equal.faults)).not.toContain('Infinity');
    expect(equal.recorded.largest.difference).toBeLessThan(1e-6);

    actions[(1 * ROWS + 2) * SIZE + 3] += 0.01;
    const other = await check(write('other.safetensors'));
    expect(other.recorded.first).toMatchObject({ observation: 1, action: 2, element: 'joint4' });
    expect(other.faults[0]).toMatchObject({
      subject: 'recorded actions',
      message: expect.stringContaining('differ first at observation 1, action 2: joint4 is'),
    });
  });

  it('a file of observations that does not fit is refused by the name of its tensor', async () => {
    const out = join(scratch, 'imported');
    const file = join(scratch, 'bad.safetensors');
    const check = () => runMain(['policy', 'check', out, '--robot', arm5, '--observations', file]);
    writeFileSync(file, safetensorsFile({ action: { shape: [1, ROWS, 5], data: new Float32Array(ROWS * 5) } }));
    expect((await check()).err).toContain('bad.safetensors: action has shape [1,8,5], expected [1,8,6]');
    writeFileSync(file, safetensorsFile({ action: { shape: [1, ROWS, SIZE], data: new Float32Array(ROWS * SIZE) } }));
    const { status, err } = await check();
    expect([status, err]).toEqual([2, `praxis policy: ${file}: no observation.state, only action\n`]);
    const shipped = await runMain(['policy', 'check', 'models/default', '--observations', file]);
    expect(shipped.err).toContain('has no manifest of version 2');
  });
});
