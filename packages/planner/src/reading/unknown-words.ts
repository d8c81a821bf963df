import { WORD_PRIOR } from './word-prior.ts';
import { descriptionOf, GENERIC, KINDS, VERBS } from './words.ts';

/** What an unknown word may mean. */
export interface Guess {
  readonly word: string;
  /** A word that is known, such as `red`. */
  readonly meant: string;
  /** The words of the instruction with it in the place of the unknown one. */
  readonly words: readonly string[];
}

/** The meanings of each word, the likeliest first. */
const meanings = (category: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(WORD_PRIOR[category] ?? {}).flatMap(([meant, words]) =>
      words.split(' ').map((word) => [word, meant.split(' ')] as const),
    ),
  );
const COLOURS = meanings('colour');
const THINGS = meanings('kind');
const ACTIONS = meanings('verb');
/** Words that may stand before the verb of a command. */
const OPENERS = new Set(
  "please now then just kindly and to could can would will you i we i'd want like need so ok okay hey hello".split(' '),
);
/** The verb of a command for what a word may mean. */
const VERB_OF: Readonly<Record<string, string>> = { pick: 'pick up', insert: 'insert', place: 'put' };

/**
 * Returns what the one unknown word of an instruction may mean, by a prior from WordNet and two models of word vectors. A colour must stand before a thing, a
 * thing where none is named, and a verb at the start of a command without one. The prior is often wrong, so that what it says is only good for a question; the likeliest first.
 * @param unknown the words that nobody knows; with more than one, nothing is guessed
 */
export function guessUnknown(words: readonly string[], unknown: readonly string[]): readonly Guess[] {
  if (unknown.length !== 1) return [];
  const [word] = unknown;
  const at = words.indexOf(word);
  return meaningsAt(words, at).map((meaning) => {
    const meant = VERB_OF[meaning] ?? meaning;
    return { word, meant, words: [...words.slice(0, at), ...meant.split(' '), ...words.slice(at + 1)] };
  });
}

function meaningsAt(words: readonly string[], at: number): readonly string[] {
  const word = words[at];
  const next = words[at + 1];
  const namesThing = (each: string | undefined): boolean =>
    each !== undefined && (KINDS.has(each) || GENERIC.has(each));
  if (namesThing(next) && descriptionOf(words[at - 1] ?? '')?.colour === undefined) return COLOURS.get(word) ?? [];
  const isFirst = words.slice(0, at).every((each) => OPENERS.has(each));
  if (isFirst) return words.some((each) => VERBS.has(each)) ? [] : (ACTIONS.get(word) ?? []);
  return words.some(namesThing) ? [] : (THINGS.get(word) ?? []);
}
