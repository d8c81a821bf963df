import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { recordDataset } from '@praxis/evaluation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from './needs.ts';
import { runMain } from './run-main.ts';
import { root } from './run-praxis.ts';

/** Python with `training/lerobot/requirements.txt`, as this variable names it. */
const PYTHON = process.env.PRAXIS_LEROBOT_PYTHON ?? '';
const missing = existsSync(PYTHON)
  ? undefined
  : 'no LeRobot: pip install -r training/lerobot/requirements.txt, and set PRAXIS_LEROBOT_PYTHON to that Python';

const folder = mkdtempSync(join(tmpdir(), 'praxis-lerobot-'));
afterAll(() => rmSync(folder, { recursive: true }));

const arm5 = join(root, 'robots/arm5');
const env = { ...process.env, HF_HUB_OFFLINE: '1', WANDB_MODE: 'disabled', HF_HOME: join(folder, 'home') };

/** Runs a program of LeRobot's Python and returns what it prints on standard output. */
async function python(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(PYTHON, [...args], { cwd: root, env, maxBuffer: 1 << 26 });
  return stdout;
}

const script = (name: string): string => join(root, 'training/lerobot', name);
const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

const [demos, data, runs] = ['demos', 'dataset', 'run'].map((name) => join(folder, name));
const policy = join(runs, 'checkpoints/last/pretrained_model');
const TRAIN = [
  ...['--policy.type=act', '--policy.device=cpu', '--policy.push_to_hub=false'],
  ...['--policy.pretrained_backbone_weights=null', '--policy.chunk_size=8', '--policy.n_action_steps=4'],
  ...['--policy.dim_model=64', '--policy.n_heads=4', '--policy.dim_feedforward=128'],
  ...['--batch_size=4', '--steps=3', '--num_workers=0', '--save_freq=3', '--env_eval_freq=0'],
];

describe('LeRobot itself', needs(missing), () => {
  beforeAll(async () => {
    await recordDataset({ out: demos, robot: arm5, tasks: ['pick'], seeds: [1, 2], workers: 1 });
    const written = await python(script('dataset.py'), '--demos', demos, '--out', data, '--failed');
    expect(JSON.parse(lastLine(written))).toMatchObject({ episodes: 2, fps: 10 });
    const dataset = ['--dataset.repo_id=local/praxis', `--dataset.root=${data}`, `--output_dir=${runs}`];
    await python('-m', 'lerobot.scripts.lerobot_train', ...TRAIN, ...dataset);
  }, 900_000);

  it('its dataset has the joints of the arm by name', () => {
    const { features, fps } = JSON.parse(readFileSync(join(data, 'meta/info.json'), 'utf8'));
    const names = ['joint1', 'joint2', 'joint3', 'joint4', 'joint5', 'gripper'];
    expect(fps).toBe(10);
    expect([features['observation.state'].names, features.action.names]).toEqual([names, names]);
    expect(Object.keys(features)).toEqual(
      expect.arrayContaining(['observation.images.front', 'observation.images.wrist']),
    );
  });

  it('its policy, exported and imported, gives its own actions', { timeout: 600_000 }, async () => {
    const line = await python(script('export.py'), '--policy', policy, '--dataset', data, '--observations', '20');
    expect(lastLine(line)).toContain('within 0.0001');
    expect(JSON.parse(readFileSync(join(policy, 'parity.json'), 'utf8'))).toMatchObject({
      ...{ type: 'act', opset: 18, observations: 20, source: 'dataset' },
      inputs: ['observation.state', 'observation.images.front', 'observation.images.wrist'],
    });
    const [recorded, out] = [join(folder, 'observations.safetensors'), join(folder, 'imported')];
    const count = ['--count', '20'];
    await python(script('observations.py'), '--policy', policy, '--dataset', data, '--out', recorded, ...count);
    const imported = await runMain([
      ...['policy', 'import', policy, '--robot', arm5, '--out', out, '--task', 'pick'],
      ...['--joint-unit', 'rad', '--gripper-unit', 'm'],
    ]);
    expect(imported.err).toBe('');
    const check = await runMain([
      ...['policy', 'check', out, '--robot', arm5, '--scenes', '1', '--observations', recorded, '--json'],
    ]);
    const result = JSON.parse(check.out);
    expect(result.recorded).toMatchObject({ observations: 20, horizon: 8 });
    expect(result.recorded.largest.difference).toBeLessThan(1e-5);
  });
});
