import { misspelled } from './misspelled.ts';
import { wordsOf } from './words.ts';

/** Cuts a text into tokens. */
export interface Tokenizer {
  /**
   * Tokens of a text, in order.
   * @param most largest number; of a longer text the end is cut off, except for tokens that the tokenizer adds there
   */
  encode(text: string, most: number): readonly number[];
}

/** Token of the padding in a list of words. */
const PADDING = '<pad>';
/** Token of a word that the list lacks. */
const UNKNOWN_ID = 1;

/**
 * One token for each word of a list, in lower case and without punctuation ({@link wordsOf}).
 * @param corrects true: a word that the list lacks has the token of the listed word that it means with one mistake, see {@link misspelled}
 */
export function wordTokenizer(vocabulary: readonly string[], corrects = false): Tokenizer {
  const ids = new Map(vocabulary.map((word, i) => [word, i]));
  ids.delete(PADDING);
  const known = vocabulary.slice(UNKNOWN_ID + 1);
  const meant = (word: string): number =>
    ids.get(word) ?? (corrects ? ids.get(misspelled(word, known) ?? '') : undefined) ?? UNKNOWN_ID;
  return {
    encode: (text, most) => wordsOf(text).slice(0, most).map(meant),
  };
}
