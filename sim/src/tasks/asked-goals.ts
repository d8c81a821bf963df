import type { WordingSet } from '../wordings/wordings.ts';
import type { Task } from './task.ts';

const WORDING_SETS: readonly WordingSet[] = ['train', 'validation', 'report'];
/** Words that name no goal: any instruction may have them or leave them out. */
const EMPTY_WORDS = new Set(['the', 'a', 'an', 'that', 'this', 'please', 'now', 'one', 'block', 'object', 'thing']);

/** The wordings of a task's goals. */
interface GoalIndex {
  /** Keys of the goals that have this word in one of their wordings. */
  readonly keysOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Key of the goal with these words in this order. */
  readonly exact: ReadonlyMap<string, string>;
  readonly keys: readonly string[];
}

const indexes = new WeakMap<Task, GoalIndex>();

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
const contentOf = (text: string): string[] => wordsOf(text).filter((word) => !EMPTY_WORDS.has(word));

function indexOf(task: Task): GoalIndex {
  const keysOf = new Map<string, Set<string>>();
  const exact = new Map<string, string>();
  const keys = new Set<string>();
  for (const { key, texts } of WORDING_SETS.flatMap((set) => task.goals(set))) {
    keys.add(key);
    for (const text of texts) {
      exact.set(contentOf(text).join(' '), key);
      for (const word of contentOf(text)) keysOf.set(word, (keysOf.get(word) ?? new Set()).add(key));
    }
  }
  return { keysOf, exact, keys: [...keys] };
}

/**
 * The goals of a task that an instruction may mean: those with all of its words in their wordings. A word that no wording of
 * the task has makes it another request, and an instruction that tells no goal from the others names none.
 * @param instruction text of any form
 * @returns keys of {@link Task.goals}; several when the instruction leaves something open, such as the shape
 *
 * @example
 * askedGoals(pick, 'lift the red cube'); // ['pick red cube']
 * askedGoals(pick, 'push the red cube'); // []
 */
export function askedGoals(task: Task, instruction: string): readonly string[] {
  let index = indexes.get(task);
  if (!index) {
    index = indexOf(task);
    indexes.set(task, index);
  }
  const words = contentOf(instruction);
  const exact = index.exact.get(words.join(' '));
  if (exact !== undefined) return [exact];
  const { keys, keysOf } = index;
  const asked = keys.filter((key) => words.every((word) => keysOf.get(word)?.has(key)));
  return asked.length === keys.length ? [] : asked;
}
