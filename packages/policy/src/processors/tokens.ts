import { PolicyError } from '@praxis/core';
import type { Processor } from './processor.ts';

/** Id of `<pad>`, which fills short instructions. */
const PAD_ID = 0;
/** Id of `<unk>`, which stands for words outside the vocabulary. */
const UNKNOWN_ID = 1;

/** Spaces, line ends, punctuation and signs of any script, except for apostrophes. */
const SEPARATOR = /(?!['’‘`])[\p{Z}\p{Cc}\p{P}\p{S}]/gu;

/**
 * Splits an instruction into words of a-z and digits, in lower case. Every space, line end, punctuation mark and sign separates words
 * ("red-cube" is two), except for apostrophes, which are dropped ("don't" is "dont"); so are all other characters.
 * `split_words` of `training/tokens.py` has the same rule; `word-cases.json` holds both together.
 */
export const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(SEPARATOR, ' ')
    .replace(/[^a-z0-9 ]/g, '')
    .split(' ')
    .filter((word) => word !== '');

/**
 * Makes the processor of instructions: a string to int64 `[1, length]` with each word's index in the vocabulary, 1 for an
 * unknown word, truncated or padded with 0. It skips the work for an unchanged text.
 * @param where encoder and stream in errors
 * @param vocabulary words, with `<pad>` and `<unk>` first
 */
export function tokensProcessor(
  where: string,
  { vocabulary, length }: { readonly vocabulary: readonly string[]; readonly length: number },
): Processor {
  const ids = new Map(vocabulary.map((word, i) => [word, BigInt(i)]));
  const data = new BigInt64Array(length);
  let last: string | undefined;
  return {
    dtype: 'int64',
    shape: [1, length],
    data,
    write(samples) {
      const text = samples[samples.length - 1];
      if (typeof text !== 'string')
        throw new PolicyError(`${where}: a sample has type ${typeof text}, expected a string`);
      if (text === last) return;
      const words = wordsOf(text);
      for (let i = 0; i < length; i++)
        data[i] = i < words.length ? (ids.get(words[i]) ?? BigInt(UNKNOWN_ID)) : BigInt(PAD_ID);
      last = text;
    },
  };
}
