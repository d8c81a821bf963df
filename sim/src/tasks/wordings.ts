import { InputError, type Random } from '@praxis/core';
import type { WordingSet } from './task.ts';

/** Sentence patterns in three disjoint sets. `{slot}` is filled from the goal. */
export type Wordings = Readonly<Record<WordingSet, readonly string[]>>;

/** Every pattern with its slots filled. */
export function fillPatterns(patterns: readonly string[], slots: Readonly<Record<string, string>>): string[] {
  return patterns.map((pattern) =>
    pattern.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const word = slots[slot];
      if (word === undefined) throw new InputError(`wording "${pattern}" has an unknown slot {${slot}}`);
      return word;
    }),
  );
}

/** One wording, drawn. */
export const drawWording = (
  random: Random,
  wordings: Wordings,
  set: WordingSet,
  slots: Readonly<Record<string, string>>,
) => random.pick(fillPatterns(wordings[set], slots));
