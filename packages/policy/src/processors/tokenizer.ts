import { wordsOf } from './words.ts';

/** Cuts a text into tokens. */
export interface Tokenizer {
  /** Tokens of a text, in order. */
  encode(text: string): readonly number[];
}

/** Token of the padding in a list of words. */
const PADDING = '<pad>';
/** Token of a word that the list lacks. */
const UNKNOWN_ID = 1;

/** One token for each word of a list, in lower case and without punctuation ({@link wordsOf}). */
export function wordTokenizer(vocabulary: readonly string[]): Tokenizer {
  const ids = new Map(vocabulary.map((word, i) => [word, i]));
  ids.delete(PADDING);
  return { encode: (text) => wordsOf(text).map((word) => ids.get(word) ?? UNKNOWN_ID) };
}
