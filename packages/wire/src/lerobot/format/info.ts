import { firstLine } from '@praxis/core';
import { DatasetError } from './error.ts';
import type { DatasetFeature, DatasetFeatures } from './features.ts';

/** Version of the format that is written. */
export const CODEBASE_VERSION = 'v3.0';

/** Paths of the fixed files of a dataset. */
export const INFO_PATH = 'meta/info.json';
export const STATS_PATH = 'meta/stats.json';
export const TASKS_PATH = 'meta/tasks.parquet';
const EPISODES_PATH = 'meta/episodes/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet';
const DATA_PATH = 'data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet';
/** Template of the paths of videos that are written. */
export const VIDEO_PATH = 'videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4';
/** Templates of version 2, which has one file an episode. */
const DATA_PATH_V2 = 'data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet';
const VIDEO_PATH_V2 = 'videos/chunk-{episode_chunk:03d}/{video_key}/episode_{episode_index:06d}.mp4';

/** What `meta/info.json` says of a dataset. */
export interface DatasetInfo {
  readonly codebase_version: string;
  readonly fps: number;
  readonly features: DatasetFeatures;
  readonly total_episodes: number;
  readonly total_frames: number;
  readonly total_tasks: number;
  /** Most files in one folder `chunk-NNN`. */
  readonly chunks_size: number;
  readonly data_files_size_in_mb: number;
  readonly video_files_size_in_mb: number;
  /** Templates of the paths of data and videos. */
  readonly data_path: string;
  readonly video_path: string | null;
  readonly robot_type: string | null;
  /** Episodes of each split, such as `{train: '0:10'}`. */
  readonly splits: Readonly<Record<string, string>>;
}

/** Place of a file among those of its kind; in version 2 the number of a file is that of its episode. */
export interface FilePlace {
  readonly chunk: number;
  readonly file: number;
}

/** The info of a new dataset without episodes. @param fps frames per second, a whole number */
export const newInfo = (fps: number, features: DatasetFeatures, robotType: string | null): DatasetInfo => ({
  codebase_version: CODEBASE_VERSION,
  fps,
  features,
  ...{ total_episodes: 0, total_frames: 0, total_tasks: 0 },
  ...{ chunks_size: 1000, data_files_size_in_mb: 100, video_files_size_in_mb: 200 },
  data_path: DATA_PATH,
  video_path: Object.values(features).some(({ dtype }) => dtype === 'video') ? VIDEO_PATH : null,
  ...{ robot_type: robotType, splits: {} },
});

/** True for version 2.0 or 2.1, whose tables of tasks and episodes are lines of JSON and whose episodes are files of their own. */
export const isVersion2 = ({ codebase_version }: Pick<DatasetInfo, 'codebase_version'>): boolean =>
  /^v?2\.[01]$/.test(codebase_version);

/**
 * Reads `meta/info.json`.
 * @param name name of the dataset in messages
 * @throws {DatasetError} in one line for another format or version, and for a field that is missing or wrong
 */
export function parseInfo(name: string, text: string): DatasetInfo {
  const at = `${name}/${INFO_PATH}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DatasetError(`${at}: is not JSON: ${firstLine(cause)}`, { cause });
  }
  if (typeof value !== 'object' || value === null) throw new DatasetError(`${at}: expected an object`);
  const info = value as Readonly<Record<string, unknown>>;
  const version = String(info.codebase_version ?? 'none');
  const old = isVersion2({ codebase_version: version });
  if (!old && !/^v?3\./.test(version))
    throw new DatasetError(`${at}: codebase_version ${version}, expected v2.0, v2.1 or v3.0`);
  const count = (key: string, fallback?: number): number => {
    const number = info[key] ?? fallback;
    if (typeof number === 'number' && Number.isFinite(number) && number >= 0) return number;
    throw new DatasetError(`${at}: ${key} is ${JSON.stringify(number)}, expected a number of at least 0`);
  };
  const fps = count('fps');
  const chunksSize = count('chunks_size', 1000);
  if (chunksSize < 1) throw new DatasetError(`${at}: chunks_size is ${chunksSize}, expected at least 1`);
  if (fps === 0) throw new DatasetError(`${at}: fps is 0, expected frames per second`);
  return {
    codebase_version: version,
    fps,
    features: parseFeatures(at, info.features),
    ...{ total_episodes: count('total_episodes'), total_frames: count('total_frames') },
    ...{ total_tasks: count('total_tasks', 0), chunks_size: chunksSize },
    data_files_size_in_mb: count('data_files_size_in_mb', 100),
    video_files_size_in_mb: count('video_files_size_in_mb', 200),
    data_path: typeof info.data_path === 'string' ? info.data_path : old ? DATA_PATH_V2 : DATA_PATH,
    video_path: typeof info.video_path === 'string' ? info.video_path : old ? VIDEO_PATH_V2 : null,
    robot_type: typeof info.robot_type === 'string' ? info.robot_type : null,
    splits: (info.splits ?? {}) as Readonly<Record<string, string>>,
  };
}

/** Types of elements that are read. */
const DTYPES = /^(u?int(8|16|32|64)|float(16|32|64)|bool|string|image|video)$/;

function parseFeatures(at: string, value: unknown): DatasetFeatures {
  if (typeof value !== 'object' || value === null) throw new DatasetError(`${at}: no features`);
  const features: Record<string, DatasetFeature> = {};
  for (const [name, each] of Object.entries(value as Readonly<Record<string, Partial<DatasetFeature> | null>>)) {
    const shape = each?.shape;
    const sized = Array.isArray(shape) && shape.every((n) => Number.isInteger(n) && n >= 0);
    if (typeof each?.dtype !== 'string' || !sized)
      throw new DatasetError(`${at}: feature ${name} has no dtype or no shape of whole numbers`);
    if (!DTYPES.test(each.dtype))
      throw new DatasetError(`${at}: feature ${name} has dtype ${each.dtype}, which is not read`);
    features[name] = { ...each, dtype: each.dtype, shape, names: each.names ?? null };
  }
  return features;
}

/** The text of `meta/info.json`, as LeRobot lays it out. */
export const infoText = (info: DatasetInfo): string => `${JSON.stringify(info, undefined, 4)}\n`;

/** Puts numbers and a name into a template of a path, such as `data/chunk-{chunk_index:03d}`. */
const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)(?::0(\d+)d)?\}/g, (_, key: string, width: string | undefined) =>
    String(values[key] ?? '').padStart(Number(width ?? 0), '0'),
  );

/** Version 2 numbers its files by their episodes. */
const placeValues = ({ chunk, file }: FilePlace) => ({
  ...{ chunk_index: chunk, file_index: file },
  ...{ episode_chunk: chunk, episode_index: file },
});

/** Path of a file with frames. */
export const dataPath = ({ data_path }: Pick<DatasetInfo, 'data_path'>, place: FilePlace): string =>
  fill(data_path, placeValues(place));

/** Path of a file with rows of episodes. */
export const episodesPath = (place: FilePlace): string => fill(EPISODES_PATH, placeValues(place));

/** Path of a video. @throws {DatasetError} for a dataset whose info has no template */
export function videoPath(
  name: string,
  { video_path }: Pick<DatasetInfo, 'video_path'>,
  camera: string,
  place: FilePlace,
): string {
  if (video_path === null) throw new DatasetError(`${name}/${INFO_PATH}: has no video_path, but ${camera} is a video`);
  return fill(video_path, { ...placeValues(place), video_key: camera });
}

/** The place behind another one. */
export const nextPlace = ({ chunk, file }: FilePlace, chunksSize: number): FilePlace =>
  file >= chunksSize - 1 ? { chunk: chunk + 1, file: 0 } : { chunk, file: file + 1 };
