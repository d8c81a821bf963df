import type { EpisodeRow, VideoPart } from './episodes.ts';
import { DatasetError } from './format/error.ts';
import type { DatasetFiles } from './format/files.ts';
import { type DatasetInfo, type FilePlace, TASKS_PATH } from './format/info.ts';
import { type DatasetMetadata, factsOf, readStatistics, statisticsOf, wholeNumber } from './metadata.ts';
import { openTable, type TableRow } from './parquet/table-reader.ts';

const EPISODES_FOLDER = 'meta/episodes';

/** Columns of the table of episodes that are no facts. */
const OWN_COLUMNS = /^(episode_index|tasks|length|dataset_from_index|dataset_to_index|(data|videos|stats|meta)\/.*)$/;

/** Reads the tables of tasks and episodes of version 3, and its statistics. @throws {DatasetError} for a file that is missing or damaged */
export async function readMetadataV3(files: DatasetFiles, info: DatasetInfo): Promise<DatasetMetadata> {
  const tasks = await readTasks(files);
  const episodes: EpisodeRow[] = [];
  const episodePlaces: FilePlace[] = [];
  for (const path of await files.list(EPISODES_FOLDER)) {
    const [, chunk, file] = /chunk-(\d+)\/file-(\d+)\.parquet$/.exec(path) ?? [];
    if (chunk === undefined) continue;
    episodePlaces.push({ chunk: Number(chunk), file: Number(file) });
    const table = await openTable(files, path);
    for (const row of await table.read(table.columns)) episodes.push(episodeOf(`${files.name}/${path}`, row, info));
  }
  return { tasks, episodes, episodePlaces, statistics: await readStatistics(files, info) };
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

function episodeOf(path: string, row: TableRow, { features }: DatasetInfo): EpisodeRow {
  const whole = (name: string): number => wholeNumber(path, row, name);
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
    facts: factsOf(row, OWN_COLUMNS),
  };
}
