import { firstLine } from '@praxis/core';
import type { EpisodeRow } from './episodes.ts';
import { DatasetError } from './format/error.ts';
import type { DatasetFiles } from './format/files.ts';
import type { DatasetInfo } from './format/info.ts';
import { type DatasetStatistics, joinAllStatistics } from './format/statistics.ts';
import { type DatasetMetadata, factsOf, readStatistics, readText, statisticsOf, wholeNumber } from './metadata.ts';

const TASKS_LINES = 'meta/tasks.jsonl';
const EPISODES_LINES = 'meta/episodes.jsonl';
/** Statistics by episode of version 2.1. */
export const STATS_LINES = 'meta/episodes_stats.jsonl';

/** Fields of a line of episodes that are no facts. */
const OWN_FIELDS = /^(episode_index|tasks|length)$/;

/** A line of a file, with its place in messages. */
interface JsonLine {
  readonly at: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Reads tasks, episodes and statistics of version 2.1, one JSON object a line, and of 2.0, which has statistics over all episodes alone. One
 * file holds the frames of one episode, and one the video of each of its cameras.
 * @throws {DatasetError} that names file and line for one that is missing or damaged
 */
export async function readMetadataV2(files: DatasetFiles, info: DatasetInfo): Promise<DatasetMetadata> {
  const tasks = await readTasks(files);
  const statistics = await readEpisodeStatistics(files, info);
  const lines = await readLines(files, EPISODES_LINES);
  if (!lines) throw new DatasetError(`${files.name}/${EPISODES_LINES}: is missing`);
  const rows = lines.map((line) => ({ ...line, index: wholeNumber(line.at, line.value, 'episode_index') }));
  rows.sort((a, b) => a.index - b.index);
  let firstFrame = 0;
  const episodes = rows.map((line): EpisodeRow => {
    const episode = episodeOf(line, info, firstFrame, statistics?.get(line.index) ?? {});
    firstFrame += episode.length;
    return episode;
  });
  const all = statistics ? wholeStatistics(episodes) : await readStatistics(files, info);
  return { tasks, episodes, episodePlaces: [], statistics: all };
}

/** The objects of a file of JSON lines; undefined if there is no such file. */
async function readLines(files: DatasetFiles, path: string): Promise<readonly JsonLine[] | undefined> {
  const text = await readText(files, path);
  return text?.split('\n').flatMap((line, i): JsonLine[] => {
    if (line.trim() === '') return [];
    const at = `${files.name}/${path}: line ${i + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new DatasetError(`${at}: is not JSON: ${firstLine(cause)}`, { cause });
    }
    if (typeof value !== 'object' || value === null) throw new DatasetError(`${at}: expected an object`);
    return [{ at, value: value as JsonLine['value'] }];
  });
}

async function readTasks(files: DatasetFiles): Promise<readonly string[]> {
  const lines = await readLines(files, TASKS_LINES);
  if (!lines) throw new DatasetError(`${files.name}/${TASKS_LINES}: is missing`);
  const tasks: string[] = [];
  for (const { at, value } of lines) {
    if (typeof value.task !== 'string')
      throw new DatasetError(`${at}: task is ${JSON.stringify(value.task)}, expected a text`);
    tasks[wholeNumber(at, value, 'task_index')] = value.task;
  }
  return tasks;
}

/** Statistics by the number of the episode; undefined without their file. */
async function readEpisodeStatistics(
  files: DatasetFiles,
  { features }: DatasetInfo,
): Promise<ReadonlyMap<number, DatasetStatistics> | undefined> {
  const lines = await readLines(files, STATS_LINES);
  return (
    lines &&
    new Map(
      lines.map(({ at, value }) => {
        const stats = value.stats as Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
        const found = statisticsOf(Object.keys(features), (feature, statistic) => stats?.[feature]?.[statistic]);
        return [wholeNumber(at, value, 'episode_index'), found];
      }),
    )
  );
}

function episodeOf(
  { at, value, index }: JsonLine & { readonly index: number },
  { features, fps, chunks_size }: DatasetInfo,
  firstFrame: number,
  statistics: DatasetStatistics,
): EpisodeRow {
  const length = wholeNumber(at, value, 'length');
  const place = { chunk: Math.floor(index / chunks_size), file: index };
  const cameras = Object.keys(features).filter((name) => features[name].dtype === 'video');
  return {
    ...{ index, length, firstFrame, statistics },
    tasks: Array.isArray(value.tasks) ? value.tasks.map(String) : [],
    data: place,
    videos: Object.fromEntries(cameras.map((camera) => [camera, { ...place, from: 0, to: length / fps }])),
    facts: factsOf(value, OWN_FIELDS),
  };
}

/** Statistics of the features for which every episode has them. */
function wholeStatistics(episodes: readonly EpisodeRow[]): DatasetStatistics {
  const joined = joinAllStatistics(episodes.map(({ statistics }) => statistics));
  return Object.fromEntries(
    Object.entries(joined).filter(([name]) => episodes.every(({ statistics }) => statistics[name])),
  );
}
