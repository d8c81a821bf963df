import type { Task, TaskGoal } from '@praxis/sim';
import type { RecordFormat } from './record-format.ts';

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
  /** Instructions of other kinds of wording for the same goal in the same scene, as in `language:2`; none for a task without any. */
  readonly rewordings: readonly string[];
}

/** Describes one file of records. */
export interface ShardInfo {
  readonly file: string;
  readonly task: string;
  readonly records: number;
  /** Hexadecimal SHA-256 of the file. */
  readonly sha256: string;
  readonly episodes: readonly RecordedEpisode[];
}

/** A goal of a task with its training wordings. */
export interface RecordedGoal extends TaskGoal {
  readonly task: string;
}

/** Lists every goal of every task, and what is said while the arm works. The field `goal` of a record is an index into this list. */
export const goalsOf = (tasks: readonly Task[]): readonly RecordedGoal[] =>
  tasks.flatMap((task) =>
    [...task.goals('train'), ...(task.spokenGoals?.('train') ?? [])].map((goal) => ({ ...goal, task: task.name })),
  );

/**
 * Builds the content of `dataset.json`, which describes the format of the shards: the fields of a record, the streams that they come
 * from, and the blocks of the fields with actions.
 * @param tasks every known task, in the order that the field `task` of a record counts in
 */
export const datasetManifest = (format: RecordFormat, shards: readonly ShardInfo[], tasks: readonly Task[]) =>
  manifestOf(format, shards, { tasks: tasks.map(({ name }) => name), goals: goalsOf(tasks) });

/**
 * The same for other tasks and goals.
 * @param tasks names of the tasks, and their goals, to which the fields `task` and `goal` of a record are indices
 */
export const manifestOf = (
  format: RecordFormat,
  shards: readonly ShardInfo[],
  { tasks, goals }: { readonly tasks: readonly string[]; readonly goals: readonly RecordedGoal[] },
) => ({
  format: 'praxis-demos/1',
  recordBytes: format.bytes,
  fields: format.fields.map((field) => ({ ...field, offset: format.offsets.get(field.name) })),
  // JSON has no infinity; null is the manifests' word for it.
  inputs: [...format.inputs].map(([field, { name, maximumAge, ...spec }]) => ({
    ...{ field, stream: name, ...spec },
    maximumAge: Number.isFinite(maximumAge) ? maximumAge : null,
  })),
  actions: Object.fromEntries(format.actions),
  ...{ tasks, goals, shards },
});
