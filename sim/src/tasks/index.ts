import { InputError } from '@praxis/core';
import { pick } from './pick.ts';
import { sort } from './sort.ts';
import type { Task } from './task.ts';

/** Every built-in task by name. A custom task is an object of the same type. */
export const TASKS: Readonly<Record<string, Task>> = { pick, sort };
/** Names of {@link TASKS}. */
export const TASK_NAMES: readonly string[] = Object.keys(TASKS);

/** Finds a built-in task by name. @throws {InputError} with the list of names for an unknown one */
export function findTask(name: string): Task {
  if (!Object.hasOwn(TASKS, name)) {
    throw new InputError(`unknown task "${name}": expected one of ${TASK_NAMES.join(', ')}`);
  }
  return TASKS[name];
}
