import type { SchemaElement } from 'hyparquet';
import { type DatasetFeature, type DatasetFeatures, isCamera } from './format/features.ts';
import type { FilePlace } from './format/info.ts';
import { type DatasetStatistics, type FeatureStatistics, STATISTIC_NAMES } from './format/statistics.ts';
import { columnSchema, type TableColumn } from './parquet/columns.ts';

/** A fact on an episode, in a column of its own in the table of episodes. */
export type EpisodeFact = string | number | bigint | boolean;
/** Facts on an episode by the names of their columns. */
export type EpisodeFacts = Readonly<Record<string, EpisodeFact>>;

/** Part of a video file in which an episode is. */
export interface VideoPart extends FilePlace {
  /** Times in the file (s). */
  readonly from: number;
  readonly to: number;
}

/** One episode of a dataset, as its table has it. */
export interface EpisodeRow {
  readonly index: number;
  /** Number of frames. */
  readonly length: number;
  /** Tasks of its frames. */
  readonly tasks: readonly string[];
  readonly data: FilePlace;
  /** Index of its first frame in the dataset. */
  readonly firstFrame: number;
  /** Videos by the name of the camera. */
  readonly videos: Readonly<Record<string, VideoPart>>;
  /** Statistics of its features; empty if the dataset has none by episode. */
  readonly statistics: DatasetStatistics;
  /** Columns that LeRobot does not define. */
  readonly facts: EpisodeFacts;
}

const FACT_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'float64',
  bigint: 'int64',
  boolean: 'bool',
};

/** Types of the columns of facts, by their names. */
export type FactTypes = Readonly<Record<string, string>>;

/** The types of the facts of these episodes. */
export const factTypesOf = (episodes: readonly Pick<EpisodeRow, 'facts'>[]): FactTypes =>
  Object.fromEntries(
    episodes.flatMap(({ facts }) => Object.entries(facts).map(([name, value]) => [name, FACT_TYPES[typeof value]])),
  );

/**
 * The columns of the table of episodes.
 * @param place file of the table
 * @param factTypes facts that get a column
 */
export function episodeColumns(
  episodes: readonly EpisodeRow[],
  features: DatasetFeatures,
  place: FilePlace,
  factTypes: FactTypes,
): readonly TableColumn[] {
  const column = (name: string, dtype: string, of: (episode: EpisodeRow) => unknown, depth = 0): TableColumn => ({
    name,
    schema: columnSchema(name, dtype, depth),
    values: episodes.map(of),
  });
  const whole = (name: string, of: (episode: EpisodeRow) => number) =>
    column(name, 'int64', (each) => BigInt(of(each)));
  const cameras = Object.keys(features).filter((name) => features[name].dtype === 'video');
  return [
    whole('episode_index', ({ index }) => index),
    column('tasks', 'string', ({ tasks }) => tasks, 1),
    whole('length', ({ length }) => length),
    whole('data/chunk_index', ({ data }) => data.chunk),
    whole('data/file_index', ({ data }) => data.file),
    whole('dataset_from_index', ({ firstFrame }) => firstFrame),
    whole('dataset_to_index', ({ firstFrame, length }) => firstFrame + length),
    ...cameras.flatMap((camera) => [
      whole(`videos/${camera}/chunk_index`, ({ videos }) => videos[camera].chunk),
      whole(`videos/${camera}/file_index`, ({ videos }) => videos[camera].file),
      column(`videos/${camera}/from_timestamp`, 'float64', ({ videos }) => videos[camera].from),
      column(`videos/${camera}/to_timestamp`, 'float64', ({ videos }) => videos[camera].to),
    ]),
    ...Object.entries(factTypes).map(([name, type]) => column(name, type, ({ facts }) => facts[name] ?? null)),
    ...statisticColumns(episodes, features),
    whole('meta/episodes/chunk_index', () => place.chunk),
    whole('meta/episodes/file_index', () => place.file),
  ];
}

function statisticColumns(episodes: readonly EpisodeRow[], features: DatasetFeatures): readonly TableColumn[] {
  return Object.entries(features).flatMap(([feature, spec]) => {
    if (episodes.every(({ statistics }) => !statistics[feature])) return [];
    return STATISTIC_NAMES.map((statistic): TableColumn => {
      const name = `stats/${feature}/${statistic}`;
      const values = episodes.map(({ statistics }) =>
        statistics[feature] ? nestStatistic(statistics[feature], statistic, spec) : null,
      );
      const counted = statistic === 'count';
      const schema: readonly SchemaElement[] = counted
        ? columnSchema(name, 'int64', 1)
        : columnSchema(name, 'float64', isCamera(spec) ? 3 : 1);
      return {
        name,
        schema,
        values: counted ? values.map((value) => value && (value as number[]).map(BigInt)) : values,
      };
    });
  });
}

/** A statistic in LeRobot's shape: a list, for pictures channels x 1 x 1, and for the count a list of one number. */
export function nestStatistic(
  statistics: FeatureStatistics,
  name: (typeof STATISTIC_NAMES)[number],
  feature: DatasetFeature,
): readonly unknown[] {
  if (name === 'count') return [statistics.count];
  return isCamera(feature) ? statistics[name].map((value) => [[value]]) : statistics[name];
}

/**
 * A feature's statistics out of LeRobot's shapes; undefined where one is missing or not of the feature's size.
 * @param value gives the value of a statistic
 */
export function flatStatistics(value: (name: string) => unknown): FeatureStatistics | undefined {
  const flat = Object.fromEntries(
    STATISTIC_NAMES.map((name) => [
      name,
      [value(name)]
        .flat(4)
        .filter((n) => n !== undefined && n !== null)
        .map(Number),
    ]),
  );
  const { mean, min, max, std, count } = flat;
  if (count.length !== 1 || [min, max, std].some((list) => list.length !== mean.length) || mean.length === 0)
    return undefined;
  // Datasets of before quantiles have none: their mean stands for them, as LeRobot does for short episodes.
  const filled = Object.entries(flat).map(([name, list]) => [name, list.length === mean.length ? list : mean]);
  return { ...Object.fromEntries(filled), count: count[0] } as FeatureStatistics;
}
