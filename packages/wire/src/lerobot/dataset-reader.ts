import type { ByteSource } from '../mcap/byte-source.ts';
import { type EpisodeRow, type FactTypes, factTypesOf } from './episodes.ts';
import { DatasetError } from './format/error.ts';
import { type DatasetFeature, elementCount, type FeatureValue } from './format/features.ts';
import type { DatasetFiles } from './format/files.ts';
import {
  type DatasetInfo,
  dataPath,
  type FilePlace,
  INFO_PATH,
  isVersion2,
  parseInfo,
  STATS_PATH,
  videoPath,
} from './format/info.ts';
import type { DatasetStatistics } from './format/statistics.ts';
import { type DatasetMetadata, readText } from './metadata.ts';
import { readMetadataV2, STATS_LINES } from './metadata-v2.ts';
import { readMetadataV3 } from './metadata-v3.ts';
import { isScalar } from './parquet/columns.ts';
import { openTable, type TableReader } from './parquet/table-reader.ts';

/** A LeRobotDataset of version 3, 2.1 or 2.0 that is read by episodes. */
export class DatasetReader {
  readonly name: string;
  readonly info: DatasetInfo;
  /** Tasks by their numbers. */
  readonly tasks: readonly string[];
  readonly episodes: readonly EpisodeRow[];
  /** Files of the table of episodes. */
  readonly episodePlaces: readonly FilePlace[];
  /** Statistics over all episodes; features without them are absent. */
  readonly statistics: DatasetStatistics;
  readonly #files: DatasetFiles;
  readonly #tables = new Map<string, TableReader>();
  /** Index of the first frame of each file of frames, by its path. */
  readonly #firstFrames: ReadonlyMap<string, number>;

  private constructor(files: DatasetFiles, info: DatasetInfo, parts: DatasetMetadata) {
    this.#files = files;
    this.name = files.name;
    this.info = info;
    this.tasks = parts.tasks;
    this.episodes = parts.episodes;
    this.episodePlaces = parts.episodePlaces;
    this.statistics = parts.statistics;
    const firstFrames = new Map<string, number>();
    for (const { data, firstFrame } of parts.episodes) {
      const path = dataPath(info, data);
      firstFrames.set(path, Math.min(firstFrame, firstFrames.get(path) ?? firstFrame));
    }
    this.#firstFrames = firstFrames;
  }

  /**
   * Opens a dataset and reads its tables of tasks and episodes.
   * @throws {DatasetError} in one line for another format or version, and for files that are missing, damaged or do not fit together
   */
  static async open(files: DatasetFiles): Promise<DatasetReader> {
    const { name } = files;
    const text = await readText(files, INFO_PATH);
    if (text === undefined) throw new DatasetError(`${name}: no LeRobotDataset: ${INFO_PATH} is missing`);
    const info = parseInfo(name, text);
    const metadata = await (isVersion2(info) ? readMetadataV2 : readMetadataV3)(files, info);
    const episodes = [...metadata.episodes].sort((a, b) => a.index - b.index);
    const wrong = episodes.findIndex(({ index }, i) => index !== i);
    if (wrong >= 0)
      throw new DatasetError(`${name}: episode ${episodes[wrong].index} in place of ${wrong} among the episodes`);
    if (episodes.length !== info.total_episodes)
      throw new DatasetError(
        `${name}: ${episodes.length} episodes, expected ${info.total_episodes} as total_episodes of ${INFO_PATH} says`,
      );
    return new DatasetReader(files, info, { ...metadata, episodes });
  }

  /** File in which statistics are expected. */
  get statisticsPath(): string {
    return isVersion2(this.info) ? STATS_LINES : STATS_PATH;
  }

  /** Types of the columns of facts. */
  get factTypes(): FactTypes {
    return factTypesOf(this.episodes);
  }

  /** Names of the features that a table holds: all but videos. */
  get columns(): readonly string[] {
    return Object.keys(this.info.features).filter((name) => this.info.features[name].dtype !== 'video');
  }

  /**
   * Reads the values of an episode, by the name of the feature.
   * @param columns features to read. Default: all that a table holds
   * @throws {DatasetError} for a file or column that is missing or damaged, and for rows of another episode
   */
  async read(
    episode: EpisodeRow,
    columns: readonly string[] = this.columns,
  ): Promise<ReadonlyMap<string, readonly FeatureValue[]>> {
    const path = dataPath(this.info, episode.data);
    const table = await this.#table(path);
    if (isVersion2(this.info) && table.rowCount !== episode.length)
      throw new DatasetError(
        `${this.name}/${path}: ${table.rowCount} rows, expected ${episode.length} as the length of episode ${episode.index} says`,
      );
    const from = episode.firstFrame - (this.#firstFrames.get(path) ?? episode.firstFrame);
    const wanted = [...new Set(['episode_index', ...columns])];
    const rows = await table.read(wanted, from, from + episode.length);
    const strange = rows.find((row) => Number(row.episode_index) !== episode.index);
    if (strange)
      throw new DatasetError(
        `${this.name}/${path}: row of episode ${strange.episode_index} among those of ${episode.index}`,
      );
    return new Map(
      columns.map((name) => {
        const read = valueReader(`${this.name}/${path}: ${name}`, this.info.features[name]);
        return [name, rows.map((row) => read(row[name]))];
      }),
    );
  }

  /** The task of each frame of an episode. @param taskIndices values of `task_index` */
  tasksOf(taskIndices: readonly FeatureValue[]): readonly string[] {
    return taskIndices.map((value) => {
      const task = this.tasks[Number(value)];
      if (task === undefined)
        throw new DatasetError(`${this.name}: task_index ${value}, expected below ${this.tasks.length}`);
      return task;
    });
  }

  /** The video of an episode; undefined if its file is missing. */
  async openVideo(episode: EpisodeRow, camera: string): Promise<ByteSource | undefined> {
    return this.#files.open(videoPath(this.name, this.info, camera, episode.videos[camera]));
  }

  async #table(path: string): Promise<TableReader> {
    const known = this.#tables.get(path);
    if (known) return known;
    const table = await openTable(this.#files, path);
    this.#tables.set(path, table);
    return table;
  }
}

/** Reads values of a feature out of the rows of a table. @param at names the column in messages */
function valueReader(at: string, feature: DatasetFeature): (value: unknown) => FeatureValue {
  if (feature.dtype === 'image') {
    return (value) => {
      const bytes = (value as { readonly bytes?: unknown } | null)?.bytes;
      if (bytes instanceof Uint8Array) return bytes;
      throw new DatasetError(`${at}: a picture that is not inside the table`);
    };
  }
  if (feature.dtype === 'string') return (value) => (value === null ? undefined : String(value));
  if (isScalar(feature)) return (value) => (value === null || value === undefined ? undefined : scalarOf(value));
  const count = elementCount(feature);
  return (value) => {
    if (value === null || value === undefined) return undefined;
    const flat = Float64Array.from([value].flat(feature.shape.length + 1) as unknown[], Number);
    if (flat.length === count) return flat;
    throw new DatasetError(`${at}: ${flat.length} elements, expected ${count}`);
  };
}

/** A scalar; writers of old versions put single numbers into lists. */
function scalarOf(value: unknown): number | boolean {
  const [scalar] = [value].flat();
  return typeof scalar === 'boolean' ? scalar : Number(scalar);
}
