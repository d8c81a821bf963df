import type { PatternSet } from '../wordings/kinds.ts';
import { fillPatterns, type WordingSet, type Wordings } from '../wordings/wordings.ts';

/** What an instruction in vain names: a kind of thing that the task has but the scene does not, or a thing that no task has. */
export const ABSENT_THINGS = ['known kind', 'unknown thing'] as const;
/** One of {@link ABSENT_THINGS}. */
export type AbsentThing = (typeof ABSENT_THINGS)[number];

/**
 * Things that no task has, in two disjoint sets: for reports, and for everything before them. No word of them is a word of a wording, or becomes
 * one by a single typing error, which a policy may correct.
 */
export const UNKNOWN_THINGS: Readonly<Record<PatternSet, readonly string[]>> = {
  development: [
    'carrot',
    'screwdriver',
    'pencil',
    'notebook',
    'fork',
    'towel',
    'toothbrush',
    'kettle',
    'potato',
    'glove',
    'sandwich',
    'tennis ball',
  ],
  report: [
    'banana',
    'hammer',
    'pliers',
    'water bottle',
    'apple',
    'spoon',
    'scissors',
    'coffee mug',
    'battery',
    'candle',
    'pineapple',
    'umbrella',
  ],
};

/**
 * The sentences of a set that name their thing by colour and kind next to each other, with a noun in the place of both.
 * @param names how the patterns name it, such as `{colour} button`
 * @param slots words for the other slots
 */
export const askForUnknown = (
  wordings: Wordings,
  set: WordingSet,
  names: readonly string[],
  thing: string,
  slots: Readonly<Record<string, string>> = {},
): readonly string[] =>
  wordings[set].flatMap((pattern) => {
    const name = names.find((each) => pattern.includes(each));
    return name === undefined ? [] : fillPatterns([pattern.replace(name, thing)], slots);
  });
