import { firstLine } from '@praxis/core';
import type { ByteSource } from '../mcap/byte-source.ts';
import {
  type EpisodeFact,
  type EpisodeFacts,
  type EpisodeRow,
  type FactTypes,
  factTypesOf,
  flatStatistics,
  type VideoPart,
} from './episodes.ts';
import { DatasetError } from './format/error.ts';
import { type DatasetFeature, elementCount, type FeatureValue } from './format/features.ts';
import type { DatasetFiles } from './format/files.ts';
import {
  type DatasetInfo,
  dataPath,
  type FilePlace,
  INFO_PATH,
  parseInfo,
  STATS_PATH,
  TASKS_PATH,
  videoPath,
} from './format/info.ts';
import type { DatasetStatistics, FeatureStatistics } from './format/statistics.ts';
import { isScalar } from './parquet/columns.ts';
import { TableReader, type TableRow } from './parquet/table-reader.ts';

const EPISODES_FOLDER = 'meta/episodes';

/** Columns of the table of episodes that are no facts. */
const OWN_COLUMNS = /^(episode_index|tasks|length|dataset_from_index|dataset_to_index|(data|videos|stats|meta)\/.*)$/;

/** A LeRobotDataset v3 that is read by episodes. */
export class DatasetReader {
  readonly name: string;
  readonly info: DatasetInfo;
  /** Tasks by their numbers. */
  readonly tasks: readonly string[];
  readonly episodes: readonly EpisodeRow[];
  /** Files of the table of episodes. */
  readonly episodePlaces: readonly FilePlace[];
  /** Statistics of `meta/stats.json`; features without them are absent. */
  readonly statistics: DatasetStatistics;
  readonly #files: DatasetFiles;
  readonly #tables = new Map<string, TableReader>();
  /** Index of the first frame of each file of frames, by its path. */
  readonly #firstFrames: ReadonlyMap<string, number>;

  private constructor(
    files: DatasetFiles,
    parts: Pick<DatasetReader, 'info' | 'tasks' | 'episodes' | 'episodePlaces' | 'statistics'>,
  ) {
    this.#files = files;
    this.name = files.name;
    this.info = parts.info;
    this.tasks = parts.tasks;
    this.episodes = parts.episodes;
    this.episodePlaces = parts.episodePlaces;
    this.statistics = parts.statistics;
    const firstFrames = new Map<string, number>();
    for (const { data, firstFrame } of parts.episodes) {
      const path = dataPath(parts.info, data);
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
    const tasks = await readTasks(files);
    const rows: EpisodeRow[] = [];
    const episodePlaces: FilePlace[] = [];
    for (const path of await files.list(EPISODES_FOLDER)) {
      const [, chunk, file] = /chunk-(\d+)\/file-(\d+)\.parquet$/.exec(path) ?? [];
      if (chunk === undefined) continue;
      episodePlaces.push({ chunk: Number(chunk), file: Number(file) });
      const table = await openTable(files, path);
      for (const row of await table.read(table.columns)) rows.push(episodeOf(`${name}/${path}`, row, info));
    }
    rows.sort((a, b) => a.index - b.index);
    const wrong = rows.findIndex((row, i) => row.index !== i);
    if (wrong >= 0)
      throw new DatasetError(`${name}: episode ${rows[wrong].index} in place of ${wrong} in ${EPISODES_FOLDER}`);
    if (rows.length !== info.total_episodes)
      throw new DatasetError(
        `${name}: ${rows.length} episodes in ${EPISODES_FOLDER}, expected ${info.total_episodes} as ${INFO_PATH} says`,
      );
    const statistics = await readStatistics(files, info);
    return new DatasetReader(files, { info, tasks, episodes: rows, episodePlaces, statistics });
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

async function openTable(files: DatasetFiles, path: string): Promise<TableReader> {
  const source = await files.open(path);
  if (!source) throw new DatasetError(`${files.name}/${path}: is missing`);
  return TableReader.open(source);
}

async function readText(files: DatasetFiles, path: string): Promise<string | undefined> {
  const source = await files.open(path);
  return source && new TextDecoder().decode(await source.read(0, source.size));
}

/** Tasks by their numbers. pandas keeps the text as an index, whose column older writers gave no name. */
async function readTasks(files: DatasetFiles): Promise<readonly string[]> {
  const table = await openTable(files, TASKS_PATH);
  const text = table.columns.find((name) => name !== 'task_index');
  if (text === undefined) throw new DatasetError(`${files.name}/${TASKS_PATH}: has no column of texts`);
  const tasks: string[] = [];
  for (const row of await table.read(['task_index', text])) tasks[Number(row.task_index)] = String(row[text]);
  return tasks;
}

async function readStatistics(files: DatasetFiles, { features }: DatasetInfo): Promise<DatasetStatistics> {
  const text = await readText(files, STATS_PATH);
  if (text === undefined) return {};
  let value: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DatasetError(`${files.name}/${STATS_PATH}: is not JSON: ${firstLine(cause)}`, { cause });
  }
  return statisticsOf(Object.keys(features), (feature, statistic) => value?.[feature]?.[statistic]);
}

function statisticsOf(
  features: readonly string[],
  value: (feature: string, statistic: string) => unknown,
): DatasetStatistics {
  const found = features.map((name): [string, FeatureStatistics | undefined] => [
    name,
    flatStatistics((statistic) => value(name, statistic)),
  ]);
  return Object.fromEntries(found.filter((entry): entry is [string, FeatureStatistics] => entry[1] !== undefined));
}

function episodeOf(path: string, row: TableRow, { features }: DatasetInfo): EpisodeRow {
  const whole = (name: string): number => {
    const value = Number(row[name] ?? Number.NaN);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new DatasetError(`${path}: ${name} is ${row[name]}, expected a whole number`);
  };
  const seconds = (name: string): number => Number(row[name] ?? Number.NaN);
  const [index, length, firstFrame] = [whole('episode_index'), whole('length'), whole('dataset_from_index')];
  if (whole('dataset_to_index') !== firstFrame + length)
    throw new DatasetError(
      `${path}: episode ${index} has ${length} frames, but dataset_to_index ${row.dataset_to_index}`,
    );
  const videos = Object.keys(features)
    .filter((name) => features[name].dtype === 'video')
    .map((camera): [string, VideoPart] => [
      camera,
      {
        ...{ chunk: whole(`videos/${camera}/chunk_index`), file: whole(`videos/${camera}/file_index`) },
        ...{ from: seconds(`videos/${camera}/from_timestamp`), to: seconds(`videos/${camera}/to_timestamp`) },
      },
    ]);
  return {
    ...{ index, length, firstFrame },
    tasks: Array.isArray(row.tasks) ? row.tasks.map(String) : [],
    data: { chunk: whole('data/chunk_index'), file: whole('data/file_index') },
    videos: Object.fromEntries(videos),
    statistics: statisticsOf(Object.keys(features), (feature, statistic) => row[`stats/${feature}/${statistic}`]),
    facts: factsOf(row),
  };
}

const factsOf = (row: TableRow): EpisodeFacts =>
  Object.fromEntries(
    Object.entries(row).filter(
      (entry): entry is [string, EpisodeFact] =>
        !OWN_COLUMNS.test(entry[0]) && ['string', 'number', 'bigint', 'boolean'].includes(typeof entry[1]),
    ),
  );

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
