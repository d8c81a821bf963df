import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { exportDataset, openDatasetFolder } from '@praxis/evaluation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from './needs.ts';
import { writeSmallRecording } from './recordings/small-recording.ts';
import { root } from './run-praxis.ts';

/** Python with LeRobot and scripts/lerobot/requirements.txt, as this variable names it. */
const PYTHON = process.env.PRAXIS_LEROBOT_PYTHON ?? '';
const missing = existsSync(PYTHON)
  ? undefined
  : 'no LeRobot: pip install -r training/lerobot/requirements.txt -r scripts/lerobot/requirements.txt, and set PRAXIS_LEROBOT_PYTHON to that Python';

const folder = mkdtempSync(join(tmpdir(), 'praxis-readers-'));
afterAll(() => rmSync(folder, { recursive: true }));
const dataset = join(folder, 'dataset');
const env = { ...process.env, HF_HUB_OFFLINE: '1', HF_HOME: join(folder, 'home'), NO_COLOR: '1' };

async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...args], { cwd: root, env, maxBuffer: 1 << 26 });
  return stdout;
}

describe('independent readers of an exported dataset', needs(missing), () => {
  let found: Readonly<Record<'lerobot' | 'duckdb', Readonly<Record<string, unknown>>>>;
  beforeAll(async () => {
    const [first, second] = ['a.mcap', 'b.mcap'].map((name) => join(folder, name));
    await writeSmallRecording(first);
    await writeSmallRecording(second, { phase: 1, instruction: 'wave again', outcome: 'timeout' });
    await exportDataset({ sources: [first], out: dataset });
    await exportDataset({ sources: [second], out: dataset, existing: 'append' });
    const text = await run(PYTHON, join(root, 'scripts/lerobot/read-dataset.py'), dataset);
    found = JSON.parse(text.trim().split('\n').at(-1) ?? '');
  }, 300_000);

  it("LeRobot's own class decodes every frame, also of episodes that were appended", async () => {
    const reader = await openDatasetFolder(dataset);
    const sums: Record<string, number> = {};
    for (const episode of reader.episodes) {
      for (const [name, values] of await reader.read(episode)) {
        if (name.startsWith('observation.images')) continue;
        const numbers = values.flatMap((value) =>
          typeof value === 'object' ? [...(value as Float64Array)] : [Number(value)],
        );
        sums[name] = (sums[name] ?? 0) + numbers.reduce((sum, value) => sum + value, 0);
      }
    }
    expect(found.lerobot).toMatchObject({
      ...{ episodes: 2, frames: 40, fps: 10, robot: 'two_joints', cameras: ['observation.images.front'] },
      tasks: ['wave again', 'wave to me'],
      sums: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, expect.closeTo(sum, 3)])),
    });
  });

  it('DuckDB counts its frames and its successes', () => {
    expect(found.duckdb).toEqual({ frames: 40, action: 3, lengths: [20, 20], successes: 1 });
  });

  it('lerobot-doctor finds no failure', { timeout: 120_000 }, async () => {
    const report = await run(join(dirname(PYTHON), 'lerobot-doctor'), 'check', dataset);
    expect(report).toContain('[PASS] Metadata & Format Compliance');
    expect(report).not.toContain('[FAIL]');
  });
});
