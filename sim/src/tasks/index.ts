import { InputError } from '@praxis/core';
import { pick } from './pick.ts';
import { sort } from './sort.ts';
import type { Task } from './task.ts';

/** Every task by name. A task of one's own is an object like these. */
export const TASKS: Readonly<Record<string, Task>> = { pick, sort };
/** Names of {@link TASKS}. */
export const TASK_NAMES: readonly string[] = Object.keys(TASKS);

/** @throws {InputError} naming the tasks there are. */
export function findTask(name: string): Task {
  if (!Object.hasOwn(TASKS, name)) {
    throw new InputError(`unknown task "${name}": expected one of ${TASK_NAMES.join(', ')}`);
  }
  return TASKS[name];
}
