import { InputError, type Random } from '@praxis/core';

/** Name of one of the three disjoint sets of wordings; `wordingsOf` assigns them to ranges of seeds. */
export type WordingSet = 'train' | 'validation' | 'report';

/** Sentence patterns in three disjoint sets. The goal fills each `{slot}`. */
export type Wordings = Readonly<Record<WordingSet, readonly string[]>>;

/** Fills the slots of every pattern. @throws {InputError} for a slot without a word */
export function fillPatterns(patterns: readonly string[], slots: Readonly<Record<string, string>>): string[] {
  return patterns.map((pattern) =>
    pattern.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const word = slots[slot];
      if (word === undefined) throw new InputError(`wording "${pattern}" has an unknown slot {${slot}}`);
      return word;
    }),
  );
}

/** Draws one pattern of a set and fills its slots. */
export const drawWording = (
  random: Random,
  wordings: Wordings,
  set: WordingSet,
  slots: Readonly<Record<string, string>>,
) => random.pick(fillPatterns(wordings[set], slots));
