import type { Task } from '@praxis/sim';
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

/** A goal of a task with its training wordings. */
export interface RecordedGoal {
  readonly key: string;
  readonly task: string;
  readonly texts: readonly string[];
}

/** Lists every goal of every task. The field `goal` of a record is an index into this list. */
export const goalsOf = (tasks: readonly Task[]): readonly RecordedGoal[] =>
  tasks.flatMap((task) => task.goals('train').map((goal) => ({ ...goal, task: task.name })));

/**
 * Builds the content of `dataset.json`, which describes the format of the shards.
 * @param tasks every known task, in the order that the field `task` of a record counts in
 */
export const datasetManifest = (shards: readonly ShardInfo[], tasks: readonly Task[]) => ({
  format: 'praxis-demos/1',
  recordBytes: RECORD_BYTES,
  fields: FIELDS.map((field) => ({ ...field, offset: FIELD_OFFSETS_BYTES.get(field.name) })),
  tasks: tasks.map(({ name }) => name),
  goals: goalsOf(tasks),
  shards,
});
