import { InputError } from '@praxis/core';
import { note } from '../terminal/output.ts';
import { knownNames, type Names } from './parsers.ts';

/**
 * Resolves the option `--task` of a command that runs a policy: `all` stands for the tasks that the policy was trained for. Prints on
 * standard error which named tasks it was not trained for.
 * @param known tasks that the command can run
 * @param trained what the policy's manifest lists; undefined or empty for a policy that lists none, such as the expert
 * @throws {InputError} for an unknown name, and for `all` when the policy was trained for none of the known tasks
 */
export function tasksForPolicy(given: Names, known: readonly string[], trained?: readonly string[]): readonly string[] {
  if (!trained || trained.length === 0) return knownNames('--task', given, known);
  if (given === 'all') {
    const tasks = known.filter((name) => trained.includes(name));
    if (tasks.length > 0) return tasks;
    throw new InputError(`--task all: the policy was trained for ${trained.join(', ')}; known are ${known.join(', ')}`);
  }
  const tasks = knownNames('--task', given, known);
  const others = tasks.filter((name) => name !== 'free' && !trained.includes(name));
  if (others.length > 0)
    note(`the policy was not trained for ${others.join(', ')}: its manifest lists ${trained.join(', ')}`);
  return tasks;
}
