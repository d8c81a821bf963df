import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { MemoryDataset } from '../testing/memory-dataset.ts';
import { DatasetReader } from './dataset-reader.ts';
import { DatasetWriter, type NewEpisode } from './dataset-writer.ts';
import { DatasetError } from './format/error.ts';
import type { DatasetFeatures, FeatureValue } from './format/features.ts';
import { ImageStatistics } from './format/statistics.ts';

const features: DatasetFeatures = {
  'observation.state': { dtype: 'float32', shape: [2], names: ['a', 'b'] },
  'observation.images.front': { dtype: 'image', shape: [1, 2, 3], names: ['height', 'width', 'channels'] },
  stamps: { dtype: 'float64', shape: [1], names: ['joints'] },
  'next.done': { dtype: 'bool', shape: [1], names: null },
};
const pictures = new ImageStatistics();
pictures.add(Uint8Array.of(0, 51, 255, 0, 102, 255));
const front = pictures.finish();

const episode = (
  length: number,
  task: string,
  facts: NewEpisode['facts'] = { success: true, seed: '7' },
): NewEpisode => ({
  tasks: Array.from({ length }, () => task),
  columns: new Map<string, readonly FeatureValue[]>([
    ['observation.state', Array.from({ length }, (_, i) => [i, -i / 2])],
    ['observation.images.front', Array.from({ length }, (_, i) => Uint8Array.of(0x89, 0x50, i))],
    ['stamps', Array.from({ length }, (_, i) => i / 10 + 1e-9)],
    ['next.done', Array.from({ length }, (_, i) => i === length - 1)],
  ]),
  statistics: { 'observation.images.front': front },
  facts,
});

function dataset(...episodes: readonly NewEpisode[]): MemoryDataset {
  const memory = new MemoryDataset();
  const writer = DatasetWriter.create(memory, { fps: 10, features, robotType: 'arm' });
  for (const each of episodes) writer.addEpisode(each);
  writer.finish();
  return memory;
}

const json = (memory: MemoryDataset, path: string) => JSON.parse(new TextDecoder().decode(memory.files.get(path)));

describe('a LeRobotDataset', () => {
  it('comes back as it was written', async () => {
    const reader = await DatasetReader.open(dataset(episode(3, 'pick'), episode(4, 'sort')));
    expect(reader.info).toMatchObject({
      fps: 10,
      total_episodes: 2,
      total_frames: 7,
      robot_type: 'arm',
      splits: { train: '0:2' },
    });
    expect(reader.tasks).toEqual(['pick', 'sort']);
    expect(
      reader.episodes.map(({ length, firstFrame, tasks, facts }) => ({ length, firstFrame, tasks, facts })),
    ).toEqual([
      { length: 3, firstFrame: 0, tasks: ['pick'], facts: { success: true, seed: '7' } },
      { length: 4, firstFrame: 3, tasks: ['sort'], facts: { success: true, seed: '7' } },
    ]);
    const second = await reader.read(reader.episodes[1]);
    expect(second.get('observation.state')?.[3]).toEqual(Float64Array.of(3, -1.5));
    expect(second.get('observation.images.front')?.[2]).toEqual(Uint8Array.of(0x89, 0x50, 2));
    expect(second.get('stamps')).toEqual([1e-9, 0.100000001, 0.200000001, 0.300000001]);
    expect(second.get('next.done')).toEqual([false, false, false, true]);
    expect(second.get('index')).toEqual([3, 4, 5, 6]);
    expect(second.get('timestamp')?.[3]).toBeCloseTo(0.3, 6);
    expect(reader.tasksOf(second.get('task_index') ?? [])).toEqual(['sort', 'sort', 'sort', 'sort']);
  });

  it('is plain parquet: any reader finds its types, one row group an episode, and the words of pandas and datasets', async () => {
    const memory = dataset(episode(3, 'pick'), episode(4, 'sort'));
    const bytes = memory.files.get('data/chunk-000/file-000.parquet')!;
    const file = bytes.slice().buffer;
    const metadata = parquetMetadata(file);
    expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([3n, 4n]);
    expect(JSON.parse(metadata.key_value_metadata![0].value!)).toMatchObject({
      info: { features: { 'observation.images.front': { _type: 'Image' }, index: { dtype: 'int64', _type: 'Value' } } },
    });
    const rows = await parquetReadObjects({ file, utf8: false, rowStart: 4, rowEnd: 5 });
    expect(rows).toEqual([
      {
        'observation.state': [1, -0.5],
        'observation.images.front': { bytes: Uint8Array.of(0x89, 0x50, 1), path: null },
        ...{ stamps: 0.100000001, 'next.done': false, timestamp: Math.fround(0.1) },
        ...{ frame_index: 1n, episode_index: 1n, index: 4n, task_index: 1n },
      },
    ]);
    const tasks = parquetMetadata(memory.files.get('meta/tasks.parquet')!.slice().buffer);
    expect(JSON.parse(tasks.key_value_metadata![0].value!)).toMatchObject({ index_columns: ['task'] });
  });

  it('has the statistics of LeRobot: by element, and by channel in 0..1 for pictures', () => {
    const {
      'observation.state': state,
      'observation.images.front': images,
      'next.done': done,
    } = json(dataset(episode(3, 'pick')), 'meta/stats.json');
    expect(state).toMatchObject({ min: [0, -1], max: [2, 0], mean: [1, -0.5], count: [3], q50: [1, -0.5] });
    expect(state.std[0]).toBeCloseTo(Math.sqrt(2 / 3), 12);
    expect(images).toMatchObject({ min: [[[0]], [[0.2]], [[1]]], max: [[[0]], [[0.4]], [[1]]], count: [1] });
    expect(images.mean[1][0][0]).toBeCloseTo(0.3, 12);
    expect(done.mean[0]).toBeCloseTo(1 / 3, 12);
  });

  it('that gets more episodes has the same statistics and rows as one that was written at once', async () => {
    const parts = dataset(episode(3, 'pick'));
    const writer = DatasetWriter.append(parts, await DatasetReader.open(parts));
    writer.addEpisode(episode(5, 'sort'));
    writer.addEpisode(episode(2, 'pick'));
    writer.finish();
    const [appended, whole] = [parts, dataset(episode(3, 'pick'), episode(5, 'sort'), episode(2, 'pick'))];
    expect(json(appended, 'meta/info.json')).toEqual(json(whole, 'meta/info.json'));
    const [ours, theirs] = [json(appended, 'meta/stats.json'), json(whole, 'meta/stats.json')];
    expect(ours['observation.state'].std[0]).toBeCloseTo(theirs['observation.state'].std[0], 12);
    const reader = await DatasetReader.open(appended);
    expect(reader.episodes.map(({ data }) => data.file)).toEqual([0, 1, 1]);
    expect((await reader.read(reader.episodes[2])).get('index')).toEqual([8, 9]);
  });

  it('refuses a fact that its table of episodes has no column for', async () => {
    const memory = dataset(episode(3, 'pick', { success: true }));
    const writer = DatasetWriter.append(memory, await DatasetReader.open(memory));
    expect(() => writer.addEpisode(episode(3, 'pick', { success: true, seed: '1' }))).toThrow('no column seed');
  });

  it('refuses values that do not fit a feature, by its name', () => {
    const memory = new MemoryDataset();
    const writer = DatasetWriter.create(memory, { fps: 10, features, robotType: null });
    const { columns, ...rest } = episode(3, 'pick');
    expect(() => writer.addEpisode({ ...rest, columns: new Map([...columns, ['stamps', [1]]]) })).toThrow(
      'feature stamps: 1 values, expected 3',
    );
    const wide = new Map([...columns, ['observation.state', [[1], [1], [1]]]]);
    expect(() => writer.addEpisode({ ...rest, columns: wide })).toThrow(
      'feature observation.state: 1 elements, expected 2',
    );
  });

  it.each([
    ['meta/info.json', undefined, 'memory: no LeRobotDataset: meta/info.json is missing'],
    ['meta/info.json', '{', /^memory\/meta\/info\.json: is not JSON: /],
    [
      'meta/info.json',
      '{"codebase_version": "v4.0"}',
      'memory/meta/info.json: codebase_version v4.0, expected v2.0, v2.1 or v3.0',
    ],
    ['meta/info.json', '{"codebase_version": "v3.0", "fps": "ten"}', /fps is "ten", expected a number of at least 0$/],
    ['meta/tasks.parquet', undefined, 'memory/meta/tasks.parquet: is missing'],
    ['meta/tasks.parquet', 'PAR1 but no more', /^memory\/meta\/tasks\.parquet: no parquet file, or cut off: /],
    ['meta/stats.json', '[', /^memory\/meta\/stats\.json: is not JSON/],
  ])('with %s as %j is refused in one line', async (path, text, message) => {
    const memory = dataset(episode(3, 'pick'));
    if (text === undefined) memory.files.delete(path);
    else memory.files.set(path, new TextEncoder().encode(text));
    const error = await DatasetReader.open(memory).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toBeInstanceOf(DatasetError);
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('\n');
  });

  it('without statistics is read, and says so when it should get more episodes', async () => {
    const memory = dataset(episode(3, 'pick'));
    memory.files.delete('meta/stats.json');
    const reader = await DatasetReader.open(memory);
    expect(reader.statistics).toEqual({});
    expect(() => DatasetWriter.append(memory, reader)).toThrow('has no statistics of observation.state');
  });

  it('a data file that was cut off or lost is named', async () => {
    const memory = dataset(episode(3, 'pick'));
    const path = 'data/chunk-000/file-000.parquet';
    const bytes = memory.files.get(path)!;
    const reader = async () => {
      const opened = await DatasetReader.open(memory);
      return opened.read(opened.episodes[0]);
    };
    memory.files.set(path, bytes.subarray(0, bytes.length - 20));
    await expect(reader()).rejects.toThrow(`memory/${path}: no parquet file, or cut off`);
    memory.files.delete(path);
    await expect(reader()).rejects.toThrow(`memory/${path}: is missing`);
  });

  it('a table that is cut off at any byte is refused', async () => {
    const whole = dataset(episode(3, 'pick'));
    const paths = [...whole.files.keys()].filter((path) => path.endsWith('.parquet'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), async (path, place) => {
        const memory = new MemoryDataset();
        for (const [name, bytes] of whole.files) memory.files.set(name, bytes);
        const bytes = memory.files.get(path)!;
        memory.files.set(path, bytes.subarray(0, place % bytes.length));
        const read = async () => {
          const reader = await DatasetReader.open(memory);
          await reader.read(reader.episodes[0]);
        };
        await expect(read()).rejects.toThrow(DatasetError);
      }),
      { numRuns: 50 },
    );
  });
});
