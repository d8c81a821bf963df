import { PolicyError } from '@praxis/core';
import type { Processor } from './processor.ts';

const PAD_ID = 0;
const UNKNOWN_ID = 1;

/** Words of an instruction: lower case, everything but letters a-z, digits and spaces taken out, split at spaces. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .split(' ')
    .filter((word) => word !== '');

/**
 * An instruction to int64 `[1, length]`: each word's index in the vocabulary, 1 for a word that is not in it, cut or
 * filled with 0 to the length. The same text as last time costs nothing.
 * @param vocabulary begins with `<pad>`, `<unk>`
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
      if (typeof text !== 'string') throw new PolicyError(`${where}: a sample is a ${typeof text}, expected a text`);
      if (text === last) return;
      const words = wordsOf(text);
      for (let i = 0; i < length; i++)
        data[i] = i < words.length ? (ids.get(words[i]) ?? BigInt(UNKNOWN_ID)) : BigInt(PAD_ID);
      last = text;
    },
  };
}
