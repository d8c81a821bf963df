import { TASK_NAMES, TASKS } from '@praxis/sim';
import { FIELDS, OFFSETS, RECORD_BYTES } from './fields.ts';

/** One recorded episode inside a shard. */
export interface RecordedEpisode {
  readonly seed: number;
  /** Index of its first record in the shard. */
  readonly first: number;
  readonly count: number;
  readonly success: boolean;
  readonly goal: string;
  readonly instruction: string;
}

/** One file of records. */
export interface ShardInfo {
  readonly file: string;
  readonly task: string;
  readonly records: number;
  readonly episodes: readonly RecordedEpisode[];
}

/** Every goal of every task with its training wordings; a record's `goal` is an index into this. */
export const GOALS: readonly { readonly key: string; readonly task: string; readonly texts: readonly string[] }[] =
  TASK_NAMES.flatMap((task) => TASKS[task].goals('train').map((goal) => ({ ...goal, task })));

/** `dataset.json`: how to read the shards. */
export const datasetManifest = (shards: readonly ShardInfo[]) => ({
  format: 'praxis-demos/1',
  recordBytes: RECORD_BYTES,
  fields: FIELDS.map((field) => ({ ...field, offset: OFFSETS.get(field.name) })),
  tasks: TASK_NAMES,
  goals: GOALS,
  shards,
});
