import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wordTokenizer } from './tokenizer.ts';
import { wordsOf } from './words.ts';

const wordCases = JSON.parse(readFileSync(new URL('word-cases.json', import.meta.url), 'utf8')) as readonly (readonly [
  string,
  readonly string[],
])[];

describe('the words of an instruction', () => {
  const tokenizer = wordTokenizer(['<pad>', '<unk>', 'lift', 'the', 'block', 'dont', '2']);
  const encode = (text: string, most = 10): readonly number[] => tokenizer.encode(text, most);

  it('are indices, of unknown words and of the reserved ones 1', () => {
    expect(encode('lift the red block')).toEqual([2, 3, 1, 4]);
    expect(encode('<pad> <unk>')).toEqual([1, 1]);
    expect(encode('')).toEqual([]);
    expect(encode('lift the red block', 3)).toEqual([2, 3, 1]);
  });

  it('have no case, are split at every separator, and drop apostrophes', () => {
    expect(encode("  LIFT, the   block-2; don't!")).toEqual([2, 3, 4, 6, 5]);
    expect(wordsOf('tab\tis a space, é is nothing')).toEqual(['tab', 'is', 'a', 'space', 'is', 'nothing']);
  });

  it.each(wordCases)('splits %j into %j, as the training program does', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});
