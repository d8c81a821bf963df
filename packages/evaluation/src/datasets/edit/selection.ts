import { InputError } from '@praxis/core';

/** Numbers of episodes: `all`, or numbers and ranges such as `0,3-5`. */
export type Selection = ReadonlySet<number> | 'all';

/**
 * Parses a selection of episodes.
 * @param option names it in messages
 * @throws {InputError} for a text that is no selection
 */
export function parseSelection(option: string, text: string): Selection {
  if (text === 'all') return 'all';
  const chosen = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first) || Number(last) - Number(first) > 1e7)
      throw new InputError(`${option} ${text}: expected all, or numbers and ranges of episodes, such as 0,3-5`);
    for (let i = Number(first); i <= Number(last); i++) chosen.add(i);
  }
  return chosen;
}

/** True for an episode that is selected. */
export const isSelected = (selection: Selection | undefined, episode: number): boolean =>
  selection === 'all' || selection?.has(episode) === true;

/** @throws {InputError} when a selection names an episode that a dataset does not have */
export function checkSelection(option: string, selection: Selection | undefined, count: number): void {
  if (selection === undefined || selection === 'all') return;
  const beyond = [...selection].find((episode) => episode >= count);
  if (beyond !== undefined) throw new InputError(`${option}: episode ${beyond}, expected 0 to ${count - 1}`);
}
