import { readFileSync } from 'node:fs';
import { assert, integer, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { misspelled } from './misspelled.ts';
import { wordTokenizer } from './tokenizer.ts';

const cases = JSON.parse(
  readFileSync(new URL('misspelled-cases.json', import.meta.url), 'utf8'),
) as readonly (readonly [string, readonly string[], string | null])[];

describe('a misspelled word', () => {
  it.each(cases)('%j of %j means %j, as in the training program', (word, known, meant) => {
    expect(misspelled(word, known) ?? null).toBe(meant);
  });

  it('with one letter dropped, doubled or swapped with the next means the only known word', () => {
    assert(
      property(stringMatching(/^[a-z]{4,9}$/), integer({ min: 0, max: 7 }), (word, i) => {
        const at = i % (word.length - 1);
        const wrong = [
          word.slice(0, at) + word.slice(at + 1),
          word.slice(0, at + 1) + word.slice(at),
          word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
        ];
        for (const each of wrong) if (each !== word) expect(misspelled(each, ['then', 'x', word])).toBeDefined();
        for (const each of wrong) if (each !== word) expect(misspelled(each, [word])).toBe(word);
      }),
    );
  });

  it('is the token of the word that it means where the tokenizer says so, and unknown elsewhere', () => {
    const words = ['<pad>', '<unk>', 'lift', 'the', 'yellow', 'cube'];
    const text = 'Lift the ylelow cbe, pad!';
    expect(wordTokenizer(words, true).encode(text, 9)).toEqual([2, 3, 4, 5, 1]);
    expect(wordTokenizer(words).encode(text, 9)).toEqual([2, 3, 1, 1, 1]);
  });
});
