import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ImportReport } from '@praxis/evaluation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../packages/evaluation/src/files/png.ts';
import { writeV2Dataset } from '../packages/wire/src/testing/v2-dataset.ts';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-dataset-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

/** Records of a folder by the names of their fields, as its `dataset.json` describes them. */
function recordsOf(path: string) {
  const meta = JSON.parse(readFileSync(join(path, 'dataset.json'), 'utf8'));
  const bytes = Buffer.concat(meta.shards.map(({ file }: { file: string }) => readFileSync(join(path, file))));
  const count = bytes.length / meta.recordBytes;
  const column = (name: string): readonly Float64Array[] => {
    const { offset, shape, dtype } = meta.fields.find((field: { name: string }) => field.name === name);
    const size = shape.reduce((product: number, n: number) => product * n, 1);
    const read = {
      u1: (i: number) => bytes.readUInt8(i),
      f4: (i: number) => bytes.readFloatLE(i),
      i4: (i: number) => bytes.readInt32LE(i),
    };
    const [of, width] = [read[dtype as 'u1'], dtype === 'u1' ? 1 : 4];
    return Array.from({ length: count }, (_, r) =>
      Float64Array.from({ length: size }, (_, i) => of(r * meta.recordBytes + offset + i * width)),
    );
  };
  return { meta, count, column, names: meta.fields.map(({ name }: { name: string }) => name) as readonly string[] };
}

/** Largest difference of two columns in these elements. */
function difference(a: readonly Float64Array[], b: readonly Float64Array[], keeps = (_: number) => true): number {
  expect(a.length).toBe(b.length);
  return Math.max(
    ...a.map((row, r) =>
      row.reduce((most, value, i) => (keeps(i) ? Math.max(most, Math.abs(value - b[r][i])) : most), 0),
    ),
  );
}

const imported = async (...args: string[]): Promise<ImportReport> => {
  const { status, out, err } = await runMain(['dataset', 'import', ...args, '--json']);
  expect(status, err).toBe(0);
  return JSON.parse(out);
};

describe('demonstrations that went through a LeRobotDataset', () => {
  const [records, dataset, again] = [at('records'), at('dataset'), at('again')];
  beforeAll(async () => {
    const demos = ['demos', '--task', 'pick', '--episodes', '2', '--seed', '1', '--workers', '1', '--out', records];
    expect((await runMain(demos)).status).toBe(0);
    expect((await runMain(['export', records, '--to', 'lerobot', '--out', dataset])).status).toBe(0);
    await imported(dataset, '--out', again, '--all');
  }, 60_000);

  it('are the records that were recorded: pictures, observations, goals and the targets of each frame', () => {
    const [direct, back] = [recordsOf(records), recordsOf(again)];
    expect(back.count).toBe(direct.count);
    for (const field of ['images.front', 'images.wrist', 'joints', 'task', 'goal', 'seed', 'step'])
      expect(difference(direct.column(field), back.column(field)), field).toBe(0);
    // All but the velocity of the width, which frames give as a difference.
    expect(difference(direct.column('state'), back.column('state'), (i) => i < 7)).toBeLessThan(1e-5);
    const newest = (i: number) => i >= 63 * 6;
    expect(difference(direct.column('wrench'), back.column('wrench'), newest)).toBe(0);
    // The target one frame later: the second row of a chunk.
    const second = (size: number) => (i: number) => Math.floor(i / size) === 1;
    expect(difference(direct.column('actions.joints'), back.column('actions.joints'), second(8))).toBe(0);
    expect(difference(direct.column('actions'), back.column('actions'), second(7))).toBeLessThan(1e-4);
    // The first row lies half way there.
    const first = (size: number) => (i: number) => i < size && i % size < 3;
    expect(difference(direct.column('actions'), back.column('actions'), first(7))).toBeLessThan(0.01);
  });

  it('have no labels, which only the simulator knows, and say so', () => {
    const { meta, names } = recordsOf(again);
    expect(meta).toMatchObject({ format: 'praxis-demos/1', labels: false, recording: { imported: 'dataset' } });
    for (const label of ['goal.uv', 'goal.position', 'objects', 'flags', 'actions.compliance', 'intervention'])
      expect(names).not.toContain(label);
    const direct = recordsOf(records).meta;
    expect({ ...meta.robot, inputs: meta.inputs }).toEqual({ ...direct.robot, inputs: direct.inputs });
    const episodes = ({ shards }: typeof meta) =>
      shards[0].episodes.map((each: object) => ({ ...each, rewordings: [] }));
    expect(episodes(meta)).toEqual(episodes(direct));
  });

  it('keep their pictures nearly where they were MP4 files', async () => {
    const film = at('film');
    expect((await runMain(['export', records, '--to', 'lerobot', '--out', film, '--pictures', 'mp4'])).status).toBe(0);
    await imported(film, '--out', at('film-records'), '--all');
    const [direct, back] = [recordsOf(records), recordsOf(at('film-records'))];
    for (const camera of ['images.front', 'images.wrist']) {
      const [a, b] = [direct.column(camera), back.column(camera)];
      expect(b).toHaveLength(a.length);
      const squares = a.map((row, r) => row.reduce((sum, value, i) => sum + (value - b[r][i]) ** 2, 0) / row.length);
      expect(Math.sqrt(Math.max(...squares))).toBeLessThan(6);
    }
  });

  it('are not written after Ctrl-C, and no folder is overwritten', async () => {
    const out = at('interrupted');
    const { status, out: printed } = await runMain(
      ['dataset', 'import', dataset, '--all', '--out', out],
      /import 1\/2/,
    );
    expect([status, printed]).toEqual([130, 'PARTIAL: interrupted, nothing is written\n']);
    expect(readdirSync(folder).filter((name) => name.startsWith('interrupted'))).toEqual([]);
    const refused = await runMain(['dataset', 'import', dataset, '--out', again]);
    expect(refused).toMatchObject({
      status: 2,
      err: expect.stringMatching(/again: exists already, expected a new folder\n$/),
    });
  });
});

describe('a dataset of an SO-100', () => {
  const so100 = at('so100');
  const JOINTS = ['main_shoulder_pan', 'main_shoulder_lift', 'main_elbow_flex', 'main_wrist_flex', 'main_wrist_roll'];
  const MAP = [...JOINTS.map((name, i) => `joint${i + 1}=${name}`), 'gripper=main_gripper@0:50'];
  /** Degrees; the gripper closes. */
  const row = (_: number, frame: number) => [frame, 10 + frame / 2, 80, 80, -frame, 50 - frame];
  const RED = encodePng(
    Uint8Array.from({ length: 3 * 40 * 20 }, (_, i) => (i % 3 === 0 ? 200 : 0)),
    40,
    20,
  );
  const args = [
    '--robot',
    'robots/arm5',
    '--units',
    'deg',
    '--cameras',
    'front=left,wrist=top',
    '--joints',
    MAP.join(),
  ];

  const write = (root: string): void => {
    const create = (path: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      return { write: (bytes: Uint8Array) => appendFileSync(join(root, path), bytes), close: () => {} };
    };
    const joints = [...JOINTS, 'main_gripper'];
    writeV2Dataset({ create }, { lengths: [20, 15, 30], picture: () => RED, robot: 'so100', joints, row });
  };
  beforeAll(() => write(so100));

  it('becomes records of joints in radians with both cameras, each episode with its words', async () => {
    const out = at('so100-records');
    const report = await imported(so100, '--out', out, ...args, '--episodes', '0,2');
    expect(report).toMatchObject({
      ...{ robot: 'arm5', episodes: 2, records: 50, interventions: null, failures: 0, validation: 0, tasks: ['so100'] },
      modalities: ['images.front', 'images.wrist', 'state', 'joints', 'instruction'],
      absent: [],
    });
    const { meta, column } = recordsOf(out);
    const degrees = Math.PI / 180;
    const width = (value: number) => 0.001 + (value / 50) * 0.059;
    const joints = [7, 13.5, 80, 80, -7].map((value) => value * degrees);
    const [record, chunk] = [column('joints')[7], column('actions.joints')[7]];
    for (const [i, value] of [...joints, width(43)].entries()) expect(record[i]).toBeCloseTo(value, 6);
    // The target of a frame is that of the next one; 0.1 s later is the second row.
    for (const [i, value] of [...joints, width(43)].entries()) expect(chunk[6 + i]).toBeCloseTo(value, 6);
    expect(chunk[3 * 6]).toBeCloseTo(8 * degrees, 6);
    expect(column('state')[7][6]).toBeCloseTo(width(43), 6);
    expect([...column('images.front')[3].subarray(0, 3)]).toEqual([200, 0, 0]);
    // The video of episode 2 is of level 100.
    expect([...column('images.wrist')[30].subarray(0, 3)]).toEqual([100, 100, 100]);
    const said = (key: string) => meta.goals.find((goal: { key: string }) => goal.key === key)?.texts;
    expect(said('so100: wave 2 times')).toEqual(['wave 2 times']);
    expect(column('goal').map(([goal]) => meta.goals[goal].texts[0])).toEqual([
      ...Array.from({ length: 20 }, () => 'wave 0 times'),
      ...Array.from({ length: 30 }, () => 'wave 2 times'),
    ]);
  });

  it('with one camera has no field for the other', async () => {
    const out = at('one-camera');
    const cameras = ['--cameras', 'front=right'];
    const report = await imported(so100, '--out', out, ...args.filter((_, i) => i !== 4 && i !== 5), ...cameras);
    expect(report.absent).toEqual(['images.wrist']);
    expect(recordsOf(out).names).not.toContain('images.wrist');
  });

  it('is refused in one line that says what to write, and nothing is left', async () => {
    const av1 = at('av1');
    write(av1);
    const video = join(av1, 'videos/chunk-000/observation.images.top/episode_000000.mp4');
    const bytes = readFileSync(video);
    bytes[bytes.indexOf(Buffer.of(0xff, 0xd8))] = 0;
    writeFileSync(video, bytes);
    const without = (option: string) => args.filter((each, i) => each !== option && args[i - 1] !== option);
    const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
      [so100, without('--units'), /so100: is of robot so100, not arm5, expected --units deg or rad/],
      [so100, without('--robot'), /so100: its robot is so100, expected --robot with its folder, or one of praxis_arm/],
      [so100, without('--cameras'), /so100: has no camera front or wrist; its cameras are left, right, top/],
      [
        so100,
        without('--joints'),
        /observation\.state has no joint1 of robot arm5; its elements are main_shoulder_pan/,
      ],
      [
        so100,
        [...without('--units'), '--units', 'rad'],
        /frame 0: joint2 is at 10\.00 rad, expected .*--units and --joints say/,
      ],
      [so100, [...args, '--episodes', '7'], /--episodes: episode 7, expected 0 to 2/],
      [av1, args, /top is a video of .*is no JPEG.*write each of its files anew with: ffmpeg -i OLD\.mp4/],
    ];
    for (const [source, options, message] of wrong) {
      const { status, err } = await runMain(['dataset', 'import', source, '--out', at('none'), ...options]);
      const last = err.trimEnd().split('\n').at(-1);
      expect(last).toMatch(message);
      expect([status, existsSync(at('none'))]).toEqual([2, false]);
    }
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });
});
