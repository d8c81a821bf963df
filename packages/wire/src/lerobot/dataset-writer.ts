import type { DatasetReader } from './dataset-reader.ts';
import {
  type EpisodeFacts,
  type EpisodeRow,
  episodeColumns,
  type FactTypes,
  factTypesOf,
  nestStatistic,
  type VideoPart,
} from './episodes.ts';
import { DatasetError } from './format/error.ts';
import {
  type DatasetFeature,
  type DatasetFeatures,
  elementCount,
  type FeatureValue,
  FRAME_FEATURES,
  isNumeric,
} from './format/features.ts';
import type { DatasetTarget } from './format/files.ts';
import {
  type DatasetInfo,
  dataPath,
  episodesPath,
  type FilePlace,
  INFO_PATH,
  infoText,
  isVersion2,
  newInfo,
  nextPlace,
  STATS_PATH,
  TASKS_PATH,
} from './format/info.ts';
import { type DatasetStatistics, joinAllStatistics, STATISTIC_NAMES, vectorStatistics } from './format/statistics.ts';
import { columnSchema, datasetsMetadata, featureColumn, isScalar, type TableColumn } from './parquet/columns.ts';
import { TableWriter, tableSchema, writeTable } from './parquet/table-writer.ts';
import { VideoFiles } from './video-files.ts';

/** An episode to write. */
export interface NewEpisode {
  /** Task of each frame, in natural language: its number is that of the frames. */
  readonly tasks: readonly string[];
  /**
   * For each feature of the dataset but those of {@link FRAME_FEATURES}: one value for each frame. For a video that is a JPEG file, which
   * becomes a picture of an MP4 file as it is, unless {@link videos} has the place of the video.
   */
  readonly columns: ReadonlyMap<string, readonly FeatureValue[]>;
  /** Statistics of its cameras; those of numbers are computed. */
  readonly statistics: DatasetStatistics;
  /** Facts for the table of episodes. */
  readonly facts: EpisodeFacts;
  /** Where videos are that the dataset has already. Default: it has none. */
  readonly videos?: Readonly<Record<string, VideoPart>>;
}

/** Options of a new dataset. */
export interface NewDataset {
  /** Frames per second, a whole number. */
  readonly fps: number;
  /** Features of a frame, without those of {@link FRAME_FEATURES}. */
  readonly features: DatasetFeatures;
  /** Name of the robot; null if there is none. */
  readonly robotType: string | null;
  /** Template of the paths of videos. Default: LeRobot's, where a feature is a video. */
  readonly videoPath?: string | null;
}

const BYTES_PER_MB = 1024 ** 2;

/** What a dataset has when writing begins. */
interface Start {
  readonly info: DatasetInfo;
  readonly tasks: readonly string[];
  readonly statistics: readonly DatasetStatistics[];
  readonly factTypes: FactTypes | undefined;
  readonly data: FilePlace;
  readonly episodes: FilePlace;
  /** Place of the next video of each camera. */
  readonly videos: ReadonlyMap<string, FilePlace>;
}

const FIRST: FilePlace = { chunk: 0, file: 0 };

/** Writes a LeRobotDataset v3.0 episode by episode: one row group each. The dataset is complete once {@link finish} has returned. */
export class DatasetWriter {
  readonly #target: DatasetTarget;
  readonly #start: Start;
  readonly #tasks: Map<string, number>;
  readonly #videos: VideoFiles;
  readonly #episodes: EpisodeRow[] = [];
  #frames: number;
  #place: FilePlace;
  #table: TableWriter | undefined;

  private constructor(target: DatasetTarget, start: Start) {
    this.#target = target;
    this.#start = start;
    this.#tasks = new Map(start.tasks.map((task, i) => [task, i]));
    this.#frames = start.info.total_frames;
    this.#place = start.data;
    this.#videos = new VideoFiles(target, start.info, start.videos);
  }

  /** Begins a dataset. @throws {DatasetError} for frames per second that are no whole number */
  static create(target: DatasetTarget, { fps, features, robotType, videoPath }: NewDataset): DatasetWriter {
    if (!Number.isInteger(fps) || fps < 1) throw new DatasetError(`${fps} frames per second, expected a whole number`);
    const info = newInfo(fps, { ...features, ...FRAME_FEATURES }, robotType);
    return new DatasetWriter(target, {
      info: { ...info, video_path: videoPath ?? info.video_path },
      ...{ tasks: [], statistics: [], factTypes: undefined, data: FIRST, episodes: FIRST, videos: new Map() },
    });
  }

  /**
   * Continues a dataset. Its files are in the target already; info, statistics and tasks are written anew.
   * @throws {DatasetError} for a dataset of version 2, or without statistics
   */
  static append(target: DatasetTarget, existing: DatasetReader): DatasetWriter {
    const { info, tasks, statistics, episodes, factTypes } = existing;
    if (isVersion2(info))
      throw new DatasetError(
        `${existing.name}: LeRobotDataset ${info.codebase_version}, expected v3.0 to add episodes to; write it anew with \`praxis dataset edit\``,
      );
    const missing = Object.keys(info.features).find((name) => measured(info.features[name]) && !statistics[name]);
    if (missing !== undefined && episodes.length > 0)
      throw new DatasetError(
        `${existing.name}: has no statistics of ${missing}; write it anew with \`praxis dataset edit\``,
      );
    const after = (place: FilePlace | undefined) => (place ? nextPlace(place, info.chunks_size) : FIRST);
    return new DatasetWriter(target, {
      ...{ info, tasks, statistics: episodes.length > 0 ? [statistics] : [], factTypes },
      data: after(last(episodes.map(({ data }) => data))),
      episodes: after(last(existing.episodePlaces)),
      videos: nextVideos(existing, after),
    });
  }

  /** Number of episodes that were added. */
  get episodeCount(): number {
    return this.#episodes.length;
  }

  /** Writes an episode. @throws {DatasetError} that names the feature for values that do not fit */
  addEpisode({ tasks, columns, statistics, facts, videos = {} }: NewEpisode): void {
    const { info, factTypes } = this.#start;
    const { length } = tasks;
    if (length === 0) throw new DatasetError('an episode without frames');
    const index = info.total_episodes + this.#episodes.length;
    const unknown = factTypes && Object.keys(facts).find((name) => !(name in factTypes));
    if (unknown !== undefined)
      throw new DatasetError(`the table of episodes has no column ${unknown}, which the new ones have`);
    const values = new Map(columns);
    const range = Array.from({ length }, (_, i) => i);
    values.set(
      'timestamp',
      range.map((i) => i / info.fps),
    );
    values.set('frame_index', range);
    values.set(
      'episode_index',
      range.map(() => index),
    );
    values.set(
      'index',
      range.map((i) => this.#frames + i),
    );
    values.set(
      'task_index',
      tasks.map((task) => this.#taskIndex(task)),
    );
    const table: TableColumn[] = [];
    const measuredHere: Record<string, DatasetStatistics[string]> = { ...statistics };
    const parts: Record<string, VideoPart> = { ...videos };
    for (const [name, feature] of Object.entries(info.features)) {
      const column = values.get(name);
      if (name in videos) continue;
      if (column?.length !== length)
        throw new DatasetError(`feature ${name}: ${column?.length ?? 0} values, expected ${length}`);
      if (feature.dtype === 'video') {
        parts[name] = this.#videos.add(name, column);
        continue;
      }
      table.push(featureColumn(name, feature, column));
      if (isNumeric(feature)) measuredHere[name] = vectorStatistics(numberRows(column, feature), elementCount(feature));
    }
    this.#write(table);
    this.#episodes.push({
      ...{ index, length, tasks: [...new Set(tasks)], data: this.#place, firstFrame: this.#frames },
      ...{ videos: parts, statistics: measuredHere, facts },
    });
    this.#frames += length;
    if (this.#table!.size >= info.data_files_size_in_mb * BYTES_PER_MB) this.#nextFile();
  }

  /** Writes the tables of tasks and episodes, the statistics and the info. @returns the info */
  finish(): DatasetInfo {
    this.#table?.close();
    this.#videos.finish();
    const { info, episodes, statistics, factTypes } = this.#start;
    const added = this.#episodes;
    if (added.length > 0) {
      const types = factTypes ?? factTypesOf(added);
      const columns = episodeColumns(added, info.features, episodes, types);
      writeTable(this.#target.create(episodesPath(episodes)), columns);
    }
    this.#writeTasks();
    const all = joinAllStatistics([...statistics, ...added.map((each) => each.statistics)]);
    this.#writeText(STATS_PATH, `${JSON.stringify(statisticsJson(all, info.features), undefined, 4)}\n`);
    const total = info.total_episodes + added.length;
    const written: DatasetInfo = {
      ...info,
      ...{ total_episodes: total, total_frames: this.#frames, total_tasks: this.#tasks.size },
      splits: { train: `0:${total}` },
    };
    this.#writeText(INFO_PATH, infoText(written));
    return written;
  }

  #taskIndex(task: string): number {
    const known = this.#tasks.get(task);
    if (known !== undefined) return known;
    this.#tasks.set(task, this.#tasks.size);
    return this.#tasks.size - 1;
  }

  #write(columns: readonly TableColumn[]): void {
    const { info } = this.#start;
    this.#table ??= new TableWriter(this.#target.create(dataPath(info, this.#place)), tableSchema(columns), [
      datasetsMetadata(info.features),
    ]);
    this.#table.addGroup(columns);
  }

  #nextFile(): void {
    this.#table?.close();
    this.#table = undefined;
    this.#place = nextPlace(this.#place, this.#start.info.chunks_size);
  }

  #writeTasks(): void {
    const tasks = [...this.#tasks.keys()];
    writeTable(
      this.#target.create(TASKS_PATH),
      [
        { name: 'task_index', schema: columnSchema('task_index', 'int64'), values: tasks.map((_, i) => BigInt(i)) },
        { name: 'task', schema: columnSchema('task', 'string'), values: tasks },
      ],
      [{ key: 'pandas', value: JSON.stringify(TASKS_FRAME) }],
    );
  }

  #writeText(path: string, text: string): void {
    const sink = this.#target.create(path);
    sink.write(new TextEncoder().encode(text));
    sink.close();
  }
}

const last = <T>(list: readonly T[]): T | undefined => list.at(-1);

/** The place behind the last video of each camera of a dataset. Its episodes need not be in the order of their videos. */
function nextVideos(
  { info, episodes }: DatasetReader,
  after: (place: FilePlace | undefined) => FilePlace,
): ReadonlyMap<string, FilePlace> {
  const cameras = Object.keys(info.features).filter((name) => info.features[name].dtype === 'video');
  return new Map(
    cameras.map((camera) => {
      const places = episodes.map(({ videos }) => videos[camera]).sort((a, b) => a.chunk - b.chunk || a.file - b.file);
      return [camera, after(last(places))];
    }),
  );
}

const measured = (feature: DatasetFeature): boolean => isNumeric(feature) || feature.dtype === 'image';

/** Rows of numbers of a column, as the table holds them, for its statistics. */
function numberRows(column: readonly FeatureValue[], feature: DatasetFeature): readonly ArrayLike<number>[] {
  const rows = column.map((value) => (isScalar(feature) ? [Number(value)] : (value as ArrayLike<number>)));
  return feature.dtype === 'float32' ? rows.map((row) => Float32Array.from(row)) : rows;
}

/** Statistics in the shapes of `meta/stats.json`. JSON has no numbers that are not finite: they become null. */
const statisticsJson = (statistics: DatasetStatistics, features: DatasetFeatures) =>
  Object.fromEntries(
    Object.entries(statistics).map(([name, each]) => [
      name,
      Object.fromEntries(STATISTIC_NAMES.map((key) => [key, nestStatistic(each, key, features[name])])),
    ]),
  );

/** Tells pandas that the column `task` is the index of the table. */
const TASKS_FRAME = {
  index_columns: ['task'],
  column_indexes: [
    { name: null, field_name: null, pandas_type: 'unicode', numpy_type: 'object', metadata: { encoding: 'UTF-8' } },
  ],
  columns: [
    { name: 'task_index', field_name: 'task_index', pandas_type: 'int64', numpy_type: 'int64', metadata: null },
    { name: 'task', field_name: 'task', pandas_type: 'unicode', numpy_type: 'object', metadata: null },
  ],
  creator: { library: 'praxis', version: '1' },
  pandas_version: '2.2.0',
};
