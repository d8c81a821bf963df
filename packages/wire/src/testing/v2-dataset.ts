import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { encodeJpeg } from '../jpeg/encode-jpeg.ts';
import type { DatasetFeature, DatasetFeatures } from '../lerobot/format/features.ts';
import type { DatasetTarget } from '../lerobot/format/files.ts';
import { featureColumn, type TableColumn } from '../lerobot/parquet/columns.ts';
import { tableSchema } from '../lerobot/parquet/table-writer.ts';
import { MotionJpegWriter } from '../mp4/index.ts';

const picture: DatasetFeature = { dtype: 'image', shape: [3, 1, 2], names: ['channels', 'height', 'width'] };
const video: DatasetFeature = { dtype: 'video', shape: [3, 480, 640], names: ['channels', 'height', 'width'] };
const whole: DatasetFeature = { dtype: 'int64', shape: [1], names: null };

/** Features of {@link writeV2Dataset}: two joints, two cameras of pictures and one of videos. */
export const V2_FEATURES: DatasetFeatures = {
  'observation.state': { dtype: 'float32', shape: [2], names: ['shoulder', 'elbow'] },
  action: { dtype: 'float32', shape: [2], names: ['shoulder', 'elbow'] },
  'observation.images.left': picture,
  'observation.images.right': picture,
  'observation.images.top': video,
  timestamp: { dtype: 'float32', shape: [1], names: null },
  ...{ frame_index: whole, episode_index: whole, index: whole, task_index: whole },
};

/** What a dataset of version 2 is made of. */
export interface V2Options {
  /** Frames of each episode. */
  readonly lengths: readonly number[];
  /** The bytes of the picture of a frame. */
  readonly picture: (episode: number, frame: number) => Uint8Array;
  readonly version?: 'v2.0' | 'v2.1';
  /** Name of the robot. Default: `two_joints`. */
  readonly robot?: string;
  /** Names of the elements of state and action. Default: those of {@link V2_FEATURES}. */
  readonly joints?: readonly string[];
  /** State and action of a frame. Default: two sines. */
  readonly row?: (episode: number, frame: number) => readonly number[];
}

/** Writes a dataset in the layout of LeRobot 0.3 (codebase version 2.1): JSON lines, one file of frames and one video a camera for each episode. */
export function writeV2Dataset(
  target: DatasetTarget,
  { lengths, picture: pictureOf, version = 'v2.1', robot = 'two_joints', joints, row = sines }: V2Options,
): void {
  const features = joints
    ? { ...V2_FEATURES, 'observation.state': motors(joints), action: motors(joints) }
    : V2_FEATURES;
  const text = (path: string, content: string) => bytes(path, new TextEncoder().encode(content));
  const bytes = (path: string, content: Uint8Array) => {
    const sink = target.create(path);
    sink.write(content);
    sink.close();
  };
  const lines = (path: string, rows: readonly unknown[]) =>
    text(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const frames = lengths.reduce((sum, n) => sum + n, 0);
  const info = {
    ...{ codebase_version: version, robot_type: robot, fps: 10, chunks_size: 2 },
    ...{ total_episodes: lengths.length, total_frames: frames, total_tasks: lengths.length },
    ...{ total_videos: lengths.length, total_chunks: Math.ceil(lengths.length / 2) },
    splits: { train: `0:${lengths.length}` },
    data_path: 'data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet',
    video_path: 'videos/chunk-{episode_chunk:03d}/{video_key}/episode_{episode_index:06d}.mp4',
    features,
  };
  text('meta/info.json', JSON.stringify(info, undefined, 4));
  const tasks = lengths.map((_, i) => `wave ${i} times`);
  lines(
    'meta/tasks.jsonl',
    tasks.map((task, task_index) => ({ task_index, task })),
  );
  lines(
    'meta/episodes.jsonl',
    lengths.map((length, episode_index) => ({ episode_index, tasks: [tasks[episode_index]], length })),
  );
  const each = (value: number) => Array.from({ length: features.action.shape[0] }, () => value);
  const numbers = { min: each(-1), max: each(1), mean: each(0), std: each(0.5) };
  const channels = (value: number) => [[[value]], [[value]], [[value]]];
  const pixels = { min: channels(0), max: channels(1), mean: channels(0.5), std: channels(0.25) };
  const statistics = (count: number) => ({
    ...{ 'observation.state': { ...numbers, count: [count] }, action: { ...numbers, count: [count] } },
    'observation.images.left': { ...pixels, count: [count] },
    'observation.images.top': { ...pixels, count: [count] },
  });
  if (version === 'v2.1') {
    const rows = lengths.map((length, episode_index) => ({ episode_index, stats: statistics(length) }));
    lines('meta/episodes_stats.jsonl', rows);
  } else text('meta/stats.json', JSON.stringify(statistics(frames)));
  let first = 0;
  for (const [episode, length] of lengths.entries()) {
    const range = Array.from({ length }, (_, k) => k);
    const rows = range.map((k) => [...row(episode, k)]);
    const pictures = range.map((k) => pictureOf(episode, k));
    const values: Readonly<Record<string, readonly unknown[]>> = {
      ...{ 'observation.state': rows, action: rows },
      ...{ 'observation.images.left': pictures, 'observation.images.right': pictures },
      ...{ timestamp: range.map((k) => k / 10), frame_index: range, episode_index: range.map(() => episode) },
      ...{ index: range.map((k) => first + k), task_index: range.map(() => episode) },
    };
    const place = `chunk-${String(Math.floor(episode / 2)).padStart(3, '0')}`;
    const file = `episode_${String(episode).padStart(6, '0')}`;
    const columns = Object.entries(values).map(([name, each]) => featureColumn(name, features[name], each));
    bytes(`data/${place}/${file}.parquet`, table(columns));
    const video = target.create(`videos/${place}/observation.images.top/${file}.mp4`);
    const film = new MotionJpegWriter(video, { width: 16, height: 16, fps: info.fps });
    const data = new Uint8Array(3 * 16 * 16).fill(50 * episode);
    for (const _ of range) film.addPicture(encodeJpeg({ width: 16, height: 16, data }));
    film.finish();
    video.close();
    first += length;
  }
}

const sines = (episode: number, frame: number) => [Math.sin(frame / 5 + episode), Math.cos(frame / 7 + episode)];

/** A feature of joints, as LeRobot names those of an SO-100. */
const motors = (names: readonly string[]): DatasetFeature => ({
  dtype: 'float32',
  shape: [names.length],
  names: { motors: [...names] },
});

/** A parquet file with these columns. */
function table(columns: readonly TableColumn[]): Uint8Array {
  const writer = new ByteWriter();
  void parquetWrite({
    writer,
    schema: [...tableSchema(columns)],
    columnData: columns.map(({ name, values }) => ({ name, data: [...values] })),
  });
  return writer.getBytes().slice();
}
