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
import {
  AUDIT_PATH,
  checkDataset,
  editDataset,
  exportDataset,
  openDatasetFolder,
  redactRecording,
} from '@praxis/evaluation';
import { encodeJpeg } from '@praxis/wire/bridge';
import { DatasetWriter } from '@praxis/wire/lerobot';
import { createFile, MP4BoxBuffer } from 'mp4box';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePng } from '../packages/evaluation/src/files/decode-png.ts';
import { jointAt, writeSmallRecording } from './recordings/small-recording.ts';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-datasets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const [a, b, other, blind] = ['a.mcap', 'b.mcap', 'other.mcap', 'blind.mcap'].map(at);
const dataset = at('dataset');
/** A camera whose pictures are a video. */
const TOP = 'observation.images.top';
const TOP_VIDEO = `videos/${TOP}/chunk-000/file-000.mp4`;

beforeAll(async () => {
  await writeSmallRecording(a);
  await writeSmallRecording(b, { phase: 1, instruction: 'wave again', outcome: 'timeout' });
  await writeSmallRecording(other, { robot: 'three_joints', joints: ['shoulder', 'elbow', 'wrist'] });
  await writeSmallRecording(blind, { phase: 2, blind: [60, 180] });
  await exportDataset({ sources: [a, b], out: dataset });
});

describe('an exported dataset', () => {
  it('has state, action, pictures, force, gates and stamps as features, the instruction as task, and the outcome', async () => {
    const { info, tasks, episodes } = await openDatasetFolder(dataset);
    expect(info).toMatchObject({ codebase_version: 'v3.0', fps: 10, robot_type: 'two_joints', total_episodes: 2 });
    const names = Object.fromEntries(Object.entries(info.features).map(([name, each]) => [name, each.names]));
    expect(names).toMatchObject({
      'observation.state': ['shoulder', 'elbow'],
      action: ['shoulder', 'elbow', 'gripper'],
      'observation.images.front': ['height', 'width', 'channels'],
      'observation.wrench': ['fx', 'fy', 'fz', 'tx', 'ty', 'tz'],
      gates: ['language', 'vision'],
      stamps: ['images.front', 'wrench', 'joints'],
    });
    expect(tasks).toEqual(['wave to me', 'wave again']);
    expect(episodes.map(({ facts }) => facts)).toMatchObject([
      { success: true, outcome: 'success', source: 'a.mcap', seed: '7', task_name: 'wave' },
      { success: false, outcome: 'timeout', source: 'b.mcap' },
    ]);
  });

  it('has in each frame what was received by its time, and as action the last command before the next frame', async () => {
    const reader = await openDatasetFolder(dataset);
    const frames = await reader.read(reader.episodes[0]);
    const [stamps, state, action] = ['stamps', 'observation.state', 'action'].map(
      (name) => frames.get(name) as Float64Array[],
    );
    // The first picture comes 0.03 s after the start.
    const start = 0.03;
    expect(state).toHaveLength(20);
    for (const k of [0, 7, 18]) {
      const time = start + k / 10;
      expect(state[k][1]).toBeCloseTo(jointAt(time, 1, 0), 6);
      expect(action[k][1]).toBeCloseTo(jointAt(time + 0.1 + 0.05, 1, 0), 6);
      expect(action[k][2]).toBeCloseTo(0.04, 7);
      expect([...stamps[k]]).toEqual([time - 0.025, time - 0.001, time].map((each) => expect.closeTo(each, 9)));
    }
    const { rgb } = decodePng((frames.get('observation.images.front') as Uint8Array[])[2], 'frame 2');
    expect([...rgb.subarray(0, 3)]).toEqual([23, 30, 37]);
    expect(frames.get('next.success')?.at(-1)).toBe(true);
  });

  it('says in each frame whether a person drove, and lets the judgement of a person count before that of the task', async () => {
    const [path, out] = [at('corrected.mcap'), at('corrected')];
    const judgement = { outcome: 'failure', note: 'helped it' } as const;
    await writeSmallRecording(path, { phase: 3, intervention: [80, 120], judgement });
    const good = at('judged-good.mcap');
    await writeSmallRecording(good, { phase: 4, outcome: 'timeout', judgement: { outcome: 'success' } });
    await exportDataset({ sources: [path, good], out });
    const reader = await openDatasetFolder(out);
    expect(reader.info.features.intervention).toEqual({ dtype: 'bool', shape: [1], names: null });
    const [corrected, whole] = await Promise.all(reader.episodes.map((episode) => reader.read(episode)));
    // Frame k is from 0.03 s + 0.1 k on, and its action is the last one before the next frame.
    const driven = corrected.get('intervention')!.flatMap((value, k) => (value ? [k] : []));
    expect(driven).toEqual([7, 8, 9, 10]);
    expect(whole.get('intervention')!.some(Boolean)).toBe(false);
    expect(reader.episodes.map(({ facts }) => facts)).toMatchObject([
      { success: false, outcome: 'success', operator_outcome: 'failure', note: 'helped it' },
      { success: true, outcome: 'timeout', operator_outcome: 'success', note: '' },
    ]);
    expect([corrected, whole].map((frames) => frames.get('next.success')!.at(-1))).toEqual([false, true]);
    const { findings } = await checkDataset(out);
    expect(findings).toEqual([]);
    const { episodes, failures } = await exportDataset({ sources: [path, good], out: at('good'), keep: 'successes' });
    expect([episodes, failures]).toEqual([1, 1]);
  });

  it('has an audit of what became of the samples of each stream', () => {
    const [audit] = JSON.parse(readFileSync(join(dataset, AUDIT_PATH), 'utf8'));
    expect(audit).toMatchObject({ frames: 20, fps: 10, skippedS: expect.closeTo(0.02, 9), droppedByRecorder: 0 });
    const streams = Object.fromEntries(audit.streams.map((each: { stream: string }) => [each.stream, each]));
    expect(streams['images.front']).toMatchObject({
      samples: 20,
      unused: 0,
      repeated: 0,
      rateHz: expect.closeTo(10, 6),
    });
    expect(streams.joints).toMatchObject({ samples: 198, unused: 178, largestGapS: expect.closeTo(0.01, 6) });
  });

  it('gets more episodes of the same structure with --append, and refuses others with the reason', async () => {
    const grown = at('grown');
    await exportDataset({ sources: [a], out: grown });
    const before = readdirSync(folder);
    const more = await runMain(['export', b, '--to', 'lerobot', '--out', grown, '--append', '--json']);
    expect(JSON.parse(more.out)).toMatchObject({ episodes: 1, totalEpisodes: 2, frames: 20 });
    const reader = await openDatasetFolder(grown);
    expect((await reader.read(reader.episodes[1])).get('index')?.[0]).toBe(20);
    expect(JSON.parse(readFileSync(join(grown, AUDIT_PATH), 'utf8'))).toHaveLength(2);
    await expect(exportDataset({ sources: [other], out: grown, existing: 'append' })).rejects.toThrow(
      'robot three_joints, but',
    );
    await expect(exportDataset({ sources: [a], out: grown, existing: 'append', leaveOut: ['wrench'] })).rejects.toThrow(
      'has another structure than',
    );
    expect((await openDatasetFolder(grown)).episodes).toHaveLength(2);
    expect(readdirSync(folder)).toEqual(before);
  });

  it.each([
    [
      ['export', a, '--to', 'lerobot', '--out', dataset],
      /dataset: exists already, expected a new folder or --append\n$/,
    ],
    [
      ['export', a, other, '--to', 'lerobot', '--out', at('new')],
      /other\.mcap: robot three_joints, but .*a\.mcap has two_joints: a dataset holds one robot/,
    ],
    [['export', folder, '--to', 'lerobot', '--out', at('new')], /holds no demonstrations \(dataset\.json\)/],
    [['export', dataset, '--to', 'lerobot', '--out', at('new')], /it is a LeRobotDataset already/],
    [
      ['export', a, '--to', 'lerobot', '--out', at('new'), '--leave-out', 'sonar'],
      /no stream sonar, expected one of images\.front, /,
    ],
    [
      ['demos', '--task', 'pick', '--out', dataset, '--format', 'lerobot'],
      /--out .*dataset: exists already, expected a new folder/,
    ],
    [
      ['demos', '--task', 'pick', '--out', at('new'), '--pictures', 'mp4'],
      /--pictures: says where a LeRobotDataset has them; needs --format lerobot/,
    ],
    [['dataset', 'check', at('nowhere')], /nowhere: does not exist/],
    [['dataset', 'check', folder], /no LeRobotDataset: meta\/info\.json is missing/],
    [['dataset', 'edit', dataset, '--out', at('new'), '--drop', '5'], /--drop: episode 5, expected 0 to 1/],
    [['dataset', 'edit', dataset, '--out', dataset], /dataset: exists already/],
    [['dataset', 'edit', dataset, '--out', at('new'), '--drop', 'all'], /no episode is left/],
    [
      ['dataset', 'edit', dataset, '--out', at('new'), '--split', 'a=0.5'],
      /expected names with shares that add up to 1/,
    ],
    [['dataset', 'edit', dataset, '--out', at('new'), '--relabel', '0'], /--relabel 0: expected EPISODES:TEXT/],
  ])('%j ends in one line, and nothing is written', async (args, message) => {
    const { status, err } = await runMain(args as string[]);
    expect(err).toMatch(message);
    // Before it there may be a line of progress.
    expect(
      err
        .trim()
        .split('\n')
        .filter((line) => !/^export \d/.test(line)),
    ).toHaveLength(1);
    expect(status).toBe(2);
    expect(existsSync(at('new'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('is made of a redacted recording and of one that was cut off, too', async () => {
    const [shared, cut, out] = [at('shared.mcap'), at('cut.mcap'), at('redacted')];
    await redactRecording(a, shared, { blur: [], cut: [], drop: ['/wrench'], dropWords: true });
    const { features } = await exportDataset({ sources: [shared], out });
    expect(features).not.toContain('observation.wrench');
    // The name of the task stands for the words that were taken out.
    expect((await openDatasetFolder(out)).tasks).toEqual(['wave']);
    const whole = readFileSync(a);
    writeFileSync(cut, whole.subarray(0, Math.round(whole.length * 0.6)));
    const { frames, audits } = await exportDataset({ sources: [cut], out: at('of-cut') });
    expect(frames).toBeLessThan(20);
    expect(audits[0].cutAtByte).toBeLessThanOrEqual(0.6 * whole.length);
  });

  it('an interrupted export writes the episodes that are complete', async () => {
    const out = at('partial');
    const { status, out: text } = await runMain(
      ['export', a, b, '--to', 'lerobot', '--out', out, '--json'],
      /export 1\/2/,
    );
    expect(status).toBe(130);
    expect(JSON.parse(text)).toMatchObject({ episodes: 1, partial: true });
    expect((await openDatasetFolder(out)).episodes).toHaveLength(1);
  });
});

describe('an export with --pictures mp4', () => {
  const front = 'observation.images.front';
  const out = at('films');
  const video = (file: number) => join(out, `videos/${front}/chunk-000/file-00${file}.mp4`);

  it('has JPEG pictures in MP4 files, one after the other, and says codec and size', async () => {
    const { status, out: text } = await runMain([
      ...['export', a, b, '--to', 'lerobot', '--out', out, '--pictures', 'mp4', '--json'],
    ]);
    expect(status).toBe(0);
    const { cameras, audits } = JSON.parse(text);
    expect(cameras).toMatchObject([{ camera: front, codec: 'mjpeg', width: 4, height: 2, pictures: 40 }]);
    expect(audits[1].cameras).toMatchObject([{ codec: 'mjpeg', pictures: 20 }]);
    const reader = await openDatasetFolder(out);
    expect(reader.info.features[front]).toMatchObject({
      dtype: 'video',
      info: { 'video.codec': 'mjpeg', 'video.fps': 10, 'video.pix_fmt': 'yuvj420p', has_audio: false },
    });
    expect(reader.episodes.map(({ videos }) => videos[front])).toEqual([
      { chunk: 0, file: 0, from: 0, to: 2 },
      { chunk: 0, file: 0, from: 2, to: 4 },
    ]);
    // Pictures and statistics are those of the tables, but for the loss of JPEG.
    const table = await openDatasetFolder(dataset);
    expect(reader.statistics[front]).toEqual(table.statistics[front]);
    const pngs = (await table.read(table.episodes[1], [front])).get(front) as readonly Uint8Array[];
    const jpegs = picturesOf(video(0)).slice(20);
    expect(jpegs).toHaveLength(20);
    for (const [i, jpeg] of jpegs.entries()) {
      const { rgb, width, height } = decodePng(pngs[i], 'picture');
      expect(Buffer.compare(jpeg, encodeJpeg({ width, height, data: rgb }, 95))).toBe(0);
    }
  });

  it('gets more episodes as files of their own, and refuses the other place', async () => {
    const before = readFileSync(video(0));
    const { status, err } = await runMain([
      ...['export', a, '--to', 'lerobot', '--out', out, '--append', '--pictures', 'table'],
    ]);
    expect(status).toBe(2);
    expect(err).toContain(`--pictures table: ${out} has its pictures in MP4 files, expected mp4`);
    await exportDataset({ sources: [a], out, existing: 'append' });
    expect(readFileSync(video(0)).equals(before)).toBe(true);
    expect(picturesOf(video(1))).toHaveLength(20);
    expect((await checkDataset(out)).findings).toEqual([
      { kind: 'duplicate', episode: 2, message: 'has the states and actions of episode 0' },
    ]);
  });

  it('is edited without encoding: files are taken over as they are', async () => {
    const copy = at('films-copy');
    const own = at('films-own');
    await exportDataset({ sources: [a, b], out: own, pictures: 'mp4' });
    await editDataset({ source: own, out: copy, drop: new Set([0]) });
    const { episodes, info } = await openDatasetFolder(copy);
    expect(episodes.map((each) => each.videos[front])).toEqual([{ chunk: 0, file: 0, from: 2, to: 4 }]);
    expect(info.features[front].info).toMatchObject({ 'video.codec': 'mjpeg' });
    const path = `videos/${front}/chunk-000/file-000.mp4`;
    expect(readFileSync(join(copy, path)).equals(readFileSync(join(own, path)))).toBe(true);
    expect((await checkDataset(copy)).findings).toEqual([]);
  });

  it('is checked: a video that is cut off, or too short for its episodes, is a finding', async () => {
    const short = at('films-short');
    await exportDataset({ sources: [a, b], out: short, pictures: 'mp4' });
    const path = join(short, `videos/${front}/chunk-000/file-000.mp4`);
    const one = at('films-one');
    await exportDataset({ sources: [a], out: one, pictures: 'mp4' });
    const whole = readFileSync(path);
    writeFileSync(path, readFileSync(join(one, `videos/${front}/chunk-000/file-000.mp4`)));
    expect((await checkDataset(short)).findings).toEqual([
      {
        ...{ kind: 'dead camera', episode: 1 },
        message: `the video of ${front} ends at 2.00 s, but the episode needs it to 4.00 s`,
      },
    ]);
    writeFileSync(path, whole.subarray(0, whole.length - 1));
    expect((await checkDataset(short)).findings.map(({ message }) => message)).toEqual([
      ...[0, 1].map(() => `the video of ${front} is no MP4 file with an index, or cut off`),
    ]);
  });

  it('is refused for a dataset whose videos have another codec', async () => {
    const videos = at('foreign-videos');
    writeVideoDataset(videos);
    await expect(exportDataset({ sources: [a], out: videos, existing: 'append' })).rejects.toThrow(
      `${TOP} is a video of codec unknown, to which mjpeg cannot be added`,
    );
  });
});

describe('praxis dataset check', () => {
  it('finds nothing in a sound dataset', async () => {
    const { status, out } = await runMain(['dataset', 'check', dataset, '--json']);
    expect(JSON.parse(out)).toMatchObject({ episodes: 2, frames: 40, findings: [] });
    expect(status).toBe(0);
  });

  it('finds a camera that stopped, and an episode that is there twice', async () => {
    const spoilt = at('spoilt');
    await exportDataset({ sources: [a, blind, a], out: spoilt });
    const { status, out } = await runMain(['dataset', 'check', spoilt]);
    expect(out.trim().split('\n')).toEqual([
      'stale: episode 1 frame 5: no new sample of images.front for 1.20 s',
      'dead camera: episode 1 frame 5: observation.images.front shows one picture for 1.20 s while the robot moves',
      'duplicate: episode 2: has the states and actions of episode 0',
    ]);
    expect(status).toBe(1);
  });

  it('finds missing statistics, which an edit computes', async () => {
    const [bare, whole] = [at('bare'), at('whole')];
    await exportDataset({ sources: [a], out: bare });
    rmSync(join(bare, 'meta/stats.json'));
    expect((await checkDataset(bare)).findings).toEqual([
      { kind: 'statistics', message: expect.stringContaining('meta/stats.json lacks observation.state, action') },
    ]);
    await editDataset({ source: bare, out: whole });
    expect((await checkDataset(whole)).findings).toEqual([]);
  });
});

describe('praxis dataset edit', () => {
  it('drops, relabels and flags episodes of a copy, and leaves the source as it is', async () => {
    const out = at('edited');
    const before = readFileSync(join(dataset, 'meta/info.json'));
    const args = [
      'dataset',
      'edit',
      dataset,
      '--out',
      out,
      '--drop',
      '0',
      '--relabel',
      '1:greet: wave',
      '--flag',
      '1:slow',
    ];
    expect((await runMain(args)).status).toBe(0);
    const [reader, source] = [await openDatasetFolder(out), await openDatasetFolder(dataset)];
    expect(reader.tasks).toEqual(['greet: wave']);
    expect(reader.episodes).toMatchObject([{ index: 0, firstFrame: 0, facts: { flag: 'slow', source: 'b.mcap' } }]);
    const [now, then] = [await reader.read(reader.episodes[0]), await source.read(source.episodes[1])];
    for (const name of ['observation.state', 'observation.images.front', 'stamps'])
      expect(now.get(name)).toEqual(then.get(name));
    expect(reader.statistics.action.mean[0]).toBeCloseTo(source.episodes[1].statistics.action.mean[0], 12);
    expect(readFileSync(join(dataset, 'meta/info.json'))).toEqual(before);
  });

  it('merges datasets and splits them again', async () => {
    const [merged, parts] = [at('merged'), at('parts')];
    await editDataset({ source: dataset, out: merged, merge: [dataset] });
    expect((await openDatasetFolder(merged)).info).toMatchObject({
      total_episodes: 4,
      total_frames: 80,
      total_tasks: 2,
    });
    const { out } = await runMain([
      'dataset',
      'edit',
      merged,
      '--out',
      parts,
      '--split',
      'train=0.75,val=0.25',
      '--json',
    ]);
    expect(JSON.parse(out).datasets).toMatchObject([{ episodes: 3 }, { episodes: 1 }]);
    expect((await openDatasetFolder(join(parts, 'val'))).tasks).toEqual(['wave again']);
  });

  it('takes whole videos over, whose episodes keep their times in them', async () => {
    const [videos, copy] = [at('videos'), at('videos-copy')];
    writeVideoDataset(videos);
    await editDataset({ source: videos, out: copy, drop: new Set([0]), merge: [videos] });
    const { episodes } = await openDatasetFolder(copy);
    expect(episodes.map((each) => each.videos[TOP])).toEqual([
      { chunk: 0, file: 0, from: 2, to: 4 },
      { chunk: 0, file: 0, from: 0, to: 2 },
      { chunk: 0, file: 0, from: 2, to: 4 },
    ]);
    expect(readFileSync(join(copy, TOP_VIDEO), 'utf8')).toBe('a video');
    rmSync(join(copy, 'videos'), { recursive: true });
    expect((await checkDataset(copy)).findings.filter(({ kind }) => kind === 'dead camera')).toHaveLength(3);
  });
});

/** The pictures of an MP4 file, found by an independent reader. */
function picturesOf(path: string): readonly Uint8Array[] {
  const bytes = Uint8Array.from(readFileSync(path));
  const file = createFile(true);
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.slice().buffer, 0));
  file.flush();
  return file.getTrackSamplesInfo(1).map(({ offset, size }) => bytes.slice(offset, offset + size));
}

/** Writes a dataset of two episodes of 2 s whose camera is one video file. */
function writeVideoDataset(root: string): void {
  const target = {
    create(path: string) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      return { write: (bytes: Uint8Array) => appendFileSync(join(root, path), bytes), close: () => {} };
    },
  };
  const state = { dtype: 'float32', shape: [2], names: ['a', 'b'] };
  const writer = DatasetWriter.create(target, {
    ...{ fps: 10, robotType: 'arm', videoPath: 'videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4' },
    features: {
      ...{ 'observation.state': state, action: state },
      [TOP]: { dtype: 'video', shape: [2, 4, 3], names: ['height', 'width', 'channels'] },
    },
  });
  for (const from of [0, 2]) {
    const rows = Array.from({ length: 20 }, (_, i) => [Math.sin(i / 5 + from), Math.cos(i / 7 + from)]);
    writer.addEpisode({
      tasks: rows.map(() => 'wave'),
      columns: new Map([
        ['observation.state', rows],
        ['action', rows],
      ]),
      ...{ statistics: {}, facts: {}, videos: { [TOP]: { chunk: 0, file: 0, from, to: from + 2 } } },
    });
  }
  writer.finish();
  target.create(TOP_VIDEO).write(Buffer.from('a video'));
}
