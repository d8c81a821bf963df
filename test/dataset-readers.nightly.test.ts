import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { checkDataset, editDataset, exportDataset, openDatasetFolder } from '@praxis/evaluation';
import { encodeJpeg } from '@praxis/wire/bridge';
import { MotionJpegWriter } from '@praxis/wire/mp4';
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

const scripts = join(root, 'scripts/lerobot');

describe('independent readers of an exported dataset', needs(missing), () => {
  let found: Readonly<Record<'lerobot' | 'duckdb', Readonly<Record<string, unknown>>>>;
  beforeAll(async () => {
    const [first, second] = ['a.mcap', 'b.mcap'].map((name) => join(folder, name));
    await writeSmallRecording(first);
    await writeSmallRecording(second, { phase: 1, instruction: 'wave again', outcome: 'timeout' });
    await exportDataset({ sources: [first], out: dataset });
    await exportDataset({ sources: [second], out: dataset, existing: 'append' });
    const text = await run(PYTHON, join(scripts, 'read-dataset.py'), dataset);
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

describe('independent readers of films', needs(missing), () => {
  it('FFmpeg decodes each picture of an MP4 file at its time, as a key frame, and finds one by its time', async () => {
    const [path, size, fps, count] = [join(folder, 'film.mp4'), { width: 48, height: 32 }, 25, 100];
    const parts: Uint8Array[] = [];
    const film = new MotionJpegWriter({ write: (bytes) => void parts.push(bytes.slice()) }, { ...size, fps });
    const level = (k: number) => 20 + 2 * k;
    for (let k = 0; k < count; k++)
      film.addPicture(encodeJpeg({ ...size, data: new Uint8Array(3 * 48 * 32).fill(level(k)) }));
    film.finish();
    writeFileSync(path, Buffer.concat(parts));
    const found = JSON.parse(await run(PYTHON, join(scripts, 'read-film.py'), path));
    expect(found).toMatchObject({
      ...{ codec: 'mjpeg', pixels: 'yuvj420p', size: [48, 32], fps, pictures: count, key_frames: true, sought: 2 },
      times: Array.from({ length: count }, (_, k) => expect.closeTo(k / fps, 6)),
    });
    for (const [k, mean] of found.means.entries()) expect(Math.abs(mean - level(k))).toBeLessThan(2);
  });

  it("LeRobot's own class decodes the pictures of MP4 files, appended and edited ones too", {
    timeout: 300_000,
  }, async () => {
    const [table, films, edited] = ['of-tables', 'of-films', 'of-edited-films'].map((name) => join(folder, name));
    const sources = ['a.mcap', 'b.mcap'].map((name) => join(folder, name));
    await writeSmallRecording(sources[0]);
    await writeSmallRecording(sources[1], { phase: 1, instruction: 'wave again' });
    await exportDataset({ sources: [...sources, sources[0]], out: table });
    await exportDataset({ sources, out: films, pictures: 'mp4' });
    await exportDataset({ sources: [sources[0]], out: films, existing: 'append' });
    await editDataset({ source: films, out: edited, drop: new Set([0]) });
    const means = async (dataset: string): Promise<readonly number[]> => {
      const text = await run(PYTHON, join(scripts, 'read-dataset.py'), dataset);
      return JSON.parse(text.trim().split('\n').at(-1) ?? '').lerobot.pictures['observation.images.front'];
    };
    const expected = await means(table);
    expect(expected).toHaveLength(60);
    // JPEG and the conversion of colours cost a level or two of 255.
    const largest = (found: readonly number[], values: readonly number[]) =>
      Math.max(...values.map((value, i) => 255 * Math.abs(value - found[i])));
    expect(largest(await means(films), expected)).toBeLessThan(2.5);
    expect(largest(await means(edited), expected.slice(20))).toBeLessThan(2.5);
    // The pictures change by more than that, so that their order counts.
    expect(255 * (Math.max(...expected) - Math.min(...expected))).toBeGreaterThan(10);
    const report = await run(join(dirname(PYTHON), 'lerobot-doctor'), 'check', films);
    expect(report).toContain('[PASS] Video Integrity');
    expect(report).not.toContain('[FAIL]');
  });
});

describe('a dataset that LeRobot wrote', needs(missing), () => {
  it('of two cameras as videos is checked, and LeRobot reads what is edited of it', { timeout: 300_000 }, async () => {
    const [foreign, edited] = [join(folder, 'foreign'), join(folder, 'edited')];
    await run(PYTHON, join(scripts, 'write-dataset.py'), foreign);
    const reader = await openDatasetFolder(foreign);
    expect(reader.info).toMatchObject({ total_episodes: 4, total_frames: 120, robot_type: 'so101' });
    const frames = await reader.read(reader.episodes[3]);
    expect(frames.get('grid')?.[29]).toEqual(Float64Array.of(0, 29, 58, 87, 116, 145));
    expect((await checkDataset(foreign)).findings).toEqual([]);
    const relabel = [{ episodes: new Set([3]), text: 'another task' }];
    await editDataset({ source: foreign, out: edited, drop: new Set([1]), relabel, merge: [foreign] });
    const text = await run(PYTHON, join(scripts, 'read-dataset.py'), edited);
    const { lerobot } = JSON.parse(text.trim().split('\n').at(-1) ?? '');
    expect(lerobot).toMatchObject({ episodes: 7, frames: 210, tasks: ['another task', 'task 0', 'task 1'] });
    // Means of the videos' shades over 7 episodes: 8 k + episode for the frames k.
    expect(lerobot.means['observation.images.top'][0]).toBeCloseTo(
      (8 * 14.5 + (0 + 2 + 3 + 0 + 1 + 2 + 3) / 7) / 255,
      2,
    );
  });
});
