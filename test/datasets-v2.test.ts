import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkDataset, openDatasetFolder } from '@praxis/evaluation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../packages/evaluation/src/files/png.ts';
import { writeV2Dataset } from '../packages/wire/src/testing/v2-dataset.ts';
import { writeSmallRecording } from './recordings/small-recording.ts';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-datasets-v2-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const [old, recording] = [at('old'), at('a.mcap')];
const TOP = 'observation.images.top';

beforeAll(async () => {
  writeOld(old);
  await writeSmallRecording(recording);
});

/** Writes a dataset of version 2.1: three episodes, two cameras of pictures and one of videos. */
function writeOld(root: string, picture = (episode: number, frame: number) => colour(episode, frame)): void {
  const target = {
    create(path: string) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      return { write: (bytes: Uint8Array) => appendFileSync(join(root, path), bytes), close: () => {} };
    },
  };
  writeV2Dataset(target, { lengths: [20, 15, 30], picture });
}

/** A picture of 2 x 1 pixels. */
const colour = (episode: number, frame: number): Uint8Array =>
  encodePng(Uint8Array.of(episode, frame, 0, 255, frame, 7), 2, 1);

describe('a dataset of version 2.1', () => {
  it('is checked as it is', async () => {
    const { findings, cameras, episodes } = await checkDataset(old);
    expect({ episodes, cameras: cameras.length }).toEqual({ episodes: 3, cameras: 3 });
    expect(findings).toEqual([
      {
        kind: 'statistics',
        message:
          'meta/episodes_stats.jsonl lacks observation.images.right, timestamp, frame_index, episode_index, index, task_index',
      },
    ]);
    const broken = at('broken');
    writeOld(broken);
    rmSync(join(broken, `videos/chunk-000/${TOP}/episode_000001.mp4`));
    const { findings: found } = await checkDataset(broken);
    expect(found.filter(({ kind }) => kind === 'dead camera')).toEqual([
      { kind: 'dead camera', episode: 1, message: `the video of ${TOP} is missing` },
    ]);
  });

  it('is converted by an edit: values, pictures and videos keep their bytes, and all statistics are there', async () => {
    const out = at('new');
    const { status } = await runMain(['dataset', 'edit', old, '--out', out, '--drop', '0']);
    expect(status).toBe(0);
    const [reader, source] = [await openDatasetFolder(out), await openDatasetFolder(old)];
    expect(reader.info).toMatchObject({ codebase_version: 'v3.0', total_episodes: 2, total_frames: 45, fps: 10 });
    expect(reader.tasks).toEqual(['wave 1 times', 'wave 2 times']);
    for (const [now, then] of [
      [0, 1],
      [1, 2],
    ]) {
      const [written, read] = [await reader.read(reader.episodes[now]), await source.read(source.episodes[then])];
      for (const name of ['observation.state', 'action', 'observation.images.left', 'observation.images.right'])
        expect(written.get(name)).toEqual(read.get(name));
    }
    expect(reader.episodes.map(({ videos }) => videos[TOP])).toEqual([
      { chunk: 0, file: 0, from: 0, to: 1.5 },
      { chunk: 0, file: 1, from: 0, to: 3 },
    ]);
    const copied = readFileSync(join(out, `videos/${TOP}/chunk-000/file-001.mp4`));
    expect(copied.equals(readFileSync(join(old, `videos/chunk-001/${TOP}/episode_000002.mp4`)))).toBe(true);
    expect((await checkDataset(out)).findings).toEqual([]);
    expect(reader.statistics['observation.images.right'].max[1]).toBeCloseTo(29 / 255, 6);
  });

  it('gets no episodes by --append, and is left as it is', async () => {
    const { status, err } = await runMain(['export', recording, '--to', 'lerobot', '--out', old, '--append']);
    expect(status).toBe(2);
    expect(err).toMatch(
      /old: LeRobotDataset v2\.1, expected v3\.0 to add episodes to; write it anew with `praxis dataset edit`\n$/,
    );
    expect(existsSync(join(old, 'meta/episodes.jsonl'))).toBe(true);
  });

  it('whose pictures are files beside the table is refused in one line, which names the column', async () => {
    const beside = at('beside');
    writeOld(beside, () => null as unknown as Uint8Array);
    const { status, err } = await runMain(['dataset', 'edit', beside, '--out', at('no')]);
    expect(status).toBe(2);
    expect(err).toMatch(
      /episode_000000\.parquet: observation\.images\.left: a picture that is not inside the table\n$/,
    );
    expect(existsSync(at('no'))).toBe(false);
  });
});
