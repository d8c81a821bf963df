import { describe, expect, it } from 'vitest';
import { filmDuration } from '../mp4/index.ts';
import { MemoryDataset } from '../testing/memory-dataset.ts';
import { V2_FEATURES, writeV2Dataset } from '../testing/v2-dataset.ts';
import { DatasetReader } from './dataset-reader.ts';
import { DatasetWriter } from './dataset-writer.ts';
import { DatasetError } from './format/error.ts';

const picture = (episode: number, frame: number) => Uint8Array.of(0x89, 0x50, episode, frame);

function dataset(version: 'v2.0' | 'v2.1' = 'v2.1'): MemoryDataset {
  const memory = new MemoryDataset();
  writeV2Dataset(memory, { lengths: [3, 4, 2], picture, version });
  return memory;
}

const text = (memory: MemoryDataset, path: string) => new TextDecoder().decode(memory.files.get(path));

describe('a LeRobotDataset of version 2.1', () => {
  it('has its episodes, tasks, cameras and places of files', async () => {
    const reader = await DatasetReader.open(dataset());
    expect(reader.tasks).toEqual(['wave 0 times', 'wave 1 times', 'wave 2 times']);
    expect(reader.episodes.map(({ length, firstFrame, tasks, data }) => ({ length, firstFrame, tasks, data }))).toEqual(
      [
        { length: 3, firstFrame: 0, tasks: ['wave 0 times'], data: { chunk: 0, file: 0 } },
        { length: 4, firstFrame: 3, tasks: ['wave 1 times'], data: { chunk: 0, file: 1 } },
        { length: 2, firstFrame: 7, tasks: ['wave 2 times'], data: { chunk: 1, file: 2 } },
      ],
    );
    expect(reader.columns).not.toContain('observation.images.top');
    const frames = await reader.read(reader.episodes[2]);
    expect(frames.get('observation.state')?.[1]).toEqual(
      Float64Array.from([Math.sin(2.2), Math.cos(1 / 7 + 2)], Math.fround),
    );
    for (const side of ['left', 'right'])
      expect(frames.get(`observation.images.${side}`)?.[1]).toEqual(Uint8Array.of(0x89, 0x50, 2, 1));
    expect(frames.get('index')).toEqual([7, 8]);
    expect(reader.tasksOf(frames.get('task_index') ?? [])).toEqual(['wave 2 times', 'wave 2 times']);
    const video = await reader.openVideo(reader.episodes[2], 'observation.images.top');
    expect(await filmDuration(video!)).toBeCloseTo(0.2, 9);
    expect(reader.episodes[2].videos).toEqual({ 'observation.images.top': { chunk: 1, file: 2, from: 0, to: 0.2 } });
  });

  it('has the statistics of its episodes, and none where an episode lacks them', async () => {
    const memory = dataset();
    const reader = await DatasetReader.open(memory);
    expect(reader.statistics.action).toMatchObject({ min: [-1, -1], max: [1, 1], count: 9 });
    expect(reader.statistics['observation.images.top'].mean).toEqual([0.5, 0.5, 0.5]);
    expect(reader.statistics['observation.images.right']).toBeUndefined();
    const path = 'meta/episodes_stats.jsonl';
    memory.files.set(path, new TextEncoder().encode(text(memory, path).split('\n').slice(1).join('\n')));
    expect((await DatasetReader.open(memory)).statistics).toEqual({});
    memory.files.delete(path);
    const bare = await DatasetReader.open(memory);
    expect([bare.statistics, bare.episodes[0].statistics]).toEqual([{}, {}]);
  });

  it('is read in its version 2.0, whose statistics are over all episodes', async () => {
    const reader = await DatasetReader.open(dataset('v2.0'));
    expect(reader.statistics.action.count).toBe(9);
    expect(reader.episodes[0].statistics).toEqual({});
  });

  it('gets no more episodes: the one line says how to make it version 3', async () => {
    const memory = dataset();
    const reader = await DatasetReader.open(memory);
    expect(() => DatasetWriter.append(memory, reader)).toThrow(
      'memory: LeRobotDataset v2.1, expected v3.0 to add episodes to; write it anew with `praxis dataset edit`',
    );
  });

  const change = (from: string, to: string) => (before: string) => before.replace(from, to);
  const table = 'data/chunk-000/episode_000000.parquet';
  it.each<[string, ((before: string) => string) | undefined, string | RegExp]>([
    ['meta/tasks.jsonl', undefined, 'memory/meta/tasks.jsonl: is missing'],
    ['meta/episodes.jsonl', undefined, 'memory/meta/episodes.jsonl: is missing'],
    ['meta/tasks.jsonl', change('"task":', '"text":'), 'meta/tasks.jsonl: line 1: task is undefined, expected a text'],
    ['meta/episodes.jsonl', (before) => before.slice(0, -5), /^memory\/meta\/episodes\.jsonl: line 3: is not JSON: /],
    ['meta/episodes.jsonl', change('"length":3', '"length":"3"'), 'line 1: length is 3, expected a whole number'],
    ['meta/episodes.jsonl', change('"episode_index":1', '"episode_index":5'), 'episode 2 in place of 1 among'],
    ['meta/episodes.jsonl', (before) => before.split('\n').slice(0, 2).join('\n'), '2 episodes, expected 3 as total_'],
    ['meta/episodes.jsonl', change('"length":3', '"length":2'), `memory/${table}: 3 rows, expected 2 as the length of`],
    ['meta/info.json', change('v2.1', 'v1.6'), 'info.json: codebase_version v1.6, expected v2.0, v2.1 or v3.0'],
    [
      'meta/info.json',
      change('"dtype": "float32"', '"dtype": "complex64"'),
      'memory/meta/info.json: feature observation.state has dtype complex64, which is not read',
    ],
    [table, undefined, `memory/${table}: is missing`],
  ])('with another %s (%s) is refused in one line', async (path, edit, message) => {
    const memory = dataset();
    if (!edit) memory.files.delete(path);
    else memory.files.set(path, new TextEncoder().encode(edit(text(memory, path))));
    const read = async () => {
      const reader = await DatasetReader.open(memory);
      for (const episode of reader.episodes) await reader.read(episode);
    };
    const error = await read().then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toBeInstanceOf(DatasetError);
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('\n');
  });

  it('names the column whose pictures are files beside the table', async () => {
    const memory = new MemoryDataset();
    writeV2Dataset(memory, { lengths: [2], picture: () => null as unknown as Uint8Array });
    const reader = await DatasetReader.open(memory);
    expect(Object.keys(reader.info.features)).toEqual(Object.keys(V2_FEATURES));
    expect((await reader.read(reader.episodes[0], ['action'])).get('action')).toHaveLength(2);
    await expect(reader.read(reader.episodes[0])).rejects.toThrow(
      'observation.images.left: a picture that is not inside the table',
    );
  });
});
