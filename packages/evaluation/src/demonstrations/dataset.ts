import { TASK_NAMES, TASKS } from '@praxis/sim';
import { FIELD_OFFSETS_BYTES, FIELDS, RECORD_BYTES } from './record-format.ts';

/** One recorded episode inside a shard. */
export interface RecordedEpisode {
  readonly seed: number;
  /** Index of its first record in the shard. */
  readonly first: number;
  /** Number of its records. */
  readonly count: number;
  readonly success: boolean;
  /** Key of the goal, one of `Task.goals`. */
  readonly goal: string;
  readonly instruction: string;
}

/** Describes one file of records. */
export interface ShardInfo {
  readonly file: string;
  readonly task: string;
  readonly records: number;
  readonly episodes: readonly RecordedEpisode[];
}

/** Every goal of every task with its training wordings. The field `goal` of a record is an index into this list. */
export const GOALS: readonly { readonly key: string; readonly task: string; readonly texts: readonly string[] }[] =
  TASK_NAMES.flatMap((task) => TASKS[task].goals('train').map((goal) => ({ ...goal, task })));

/** Builds the content of `dataset.json`, which describes the format of the shards. */
export const datasetManifest = (shards: readonly ShardInfo[]) => ({
  format: 'praxis-demos/1',
  recordBytes: RECORD_BYTES,
  fields: FIELDS.map((field) => ({ ...field, offset: FIELD_OFFSETS_BYTES.get(field.name) })),
  tasks: TASK_NAMES,
  goals: GOALS,
  shards,
});
