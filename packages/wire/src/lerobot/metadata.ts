import { firstLine } from '@praxis/core';
import { type EpisodeFact, type EpisodeFacts, type EpisodeRow, flatStatistics } from './episodes.ts';
import { DatasetError } from './format/error.ts';
import type { DatasetFiles } from './format/files.ts';
import { type DatasetInfo, type FilePlace, STATS_PATH } from './format/info.ts';
import type { DatasetStatistics, FeatureStatistics } from './format/statistics.ts';

/** What a dataset says of itself beside its info. */
export interface DatasetMetadata {
  /** Tasks by their numbers. */
  readonly tasks: readonly string[];
  /** Episodes in the order of the files. */
  readonly episodes: readonly EpisodeRow[];
  /** Files of the table of episodes; none in version 2. */
  readonly episodePlaces: readonly FilePlace[];
  /** Statistics over all episodes; features without them are absent. */
  readonly statistics: DatasetStatistics;
}

/** A file's text; undefined if there is no such file. */
export async function readText(files: DatasetFiles, path: string): Promise<string | undefined> {
  const source = await files.open(path);
  return source && new TextDecoder().decode(await source.read(0, source.size));
}

/** The statistics of `meta/stats.json`; none without the file. */
export async function readStatistics(files: DatasetFiles, { features }: DatasetInfo): Promise<DatasetStatistics> {
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

/** Statistics of these features, as far as they are there. */
export function statisticsOf(
  features: readonly string[],
  value: (feature: string, statistic: string) => unknown,
): DatasetStatistics {
  const found = features.map((name): [string, FeatureStatistics | undefined] => [
    name,
    flatStatistics((statistic) => value(name, statistic)),
  ]);
  return Object.fromEntries(found.filter((entry): entry is [string, FeatureStatistics] => entry[1] !== undefined));
}

/** A count or an index out of a row. @param at names the row in messages @throws {DatasetError} for another value */
export function wholeNumber(at: string, row: Readonly<Record<string, unknown>>, name: string): number {
  const value = ['number', 'bigint'].includes(typeof row[name]) ? Number(row[name]) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new DatasetError(`${at}: ${name} is ${row[name]}, expected a whole number`);
}

/** The facts of a row: its scalars in columns that LeRobot does not define. @param own columns that are no facts */
export const factsOf = (row: Readonly<Record<string, unknown>>, own: RegExp): EpisodeFacts =>
  Object.fromEntries(
    Object.entries(row).filter(
      (entry): entry is [string, EpisodeFact] =>
        !own.test(entry[0]) && ['string', 'number', 'bigint', 'boolean'].includes(typeof entry[1]),
    ),
  );
