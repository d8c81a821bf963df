import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatasetFolder } from '@praxis/evaluation';
import { afterAll, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-demos-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['table', []],
  ['mp4', ['--pictures', 'mp4']],
] as const)(
  'demos --format lerobot (%s) writes demonstrations as a dataset without findings, and leaves no records',
  async (place, more) => {
    const out = join(folder, place);
    const args = ['demos', '--task', 'pick', '--episodes', '2', '--seed', '1', '--workers', '1', '--out', out];
    const { status, out: text } = await runMain([...args, '--format', 'lerobot', ...more, '--json']);
    expect(status).toBe(0);
    const { info, episodes } = await openDatasetFolder(out);
    expect(info).toMatchObject({ fps: 10, robot_type: 'praxis_arm', total_episodes: 2 });
    expect(info.features['observation.images.front'].dtype).toBe(place === 'mp4' ? 'video' : 'image');
    expect(info.total_frames).toBe(JSON.parse(text).records);
    expect(Object.keys(info.features)).toEqual(
      expect.arrayContaining(['observation.images.front', 'observation.images.wrist', 'observation.wrench', 'action']),
    );
    expect(episodes.map(({ facts }) => facts.task_name)).toEqual(['pick', 'pick']);
    expect(existsSync(`${out}.records`)).toBe(false);
    expect((await runMain(['dataset', 'check', out])).status).toBe(0);
  },
);
