import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { context } from '../models/testing/request.ts';
import { lexiconOf } from './lexicon.ts';
import { isOneLetterOff, spellingsOf } from './spelling.ts';

const WORD = fc.stringMatching(/^[a-z]{2,8}$/);
const lexicon = lexiconOf(context);

describe('words that are one letter off', () => {
  it('are those with a letter missing, added, changed or swapped with the next', () =>
    fc.assert(
      fc.property(WORD, fc.nat(), fc.constantFrom(...'abcxyz'), (word, place, letter) => {
        const at = place % word.length;
        const [before, here, after] = [word.slice(0, at), word[at], word.slice(at + 1)];
        for (const wrong of [`${before}${after}`, `${before}${letter}${here}${after}`, `${before}${letter}${after}`])
          expect(isOneLetterOff(wrong, word)).toBe(wrong !== word);
        if (after === '') return;
        const swapped = `${before}${after[0]}${here}${after.slice(1)}`;
        expect(isOneLetterOff(swapped, word)).toBe(swapped !== word);
      }),
    ));

  it('are no others', () => {
    for (const [a, b] of [
      ['cube', 'cubicle'],
      ['lift', 'left'],
      ['abcd', 'badc'],
      ['pick', 'kcip'],
    ])
      expect(isOneLetterOff(a, b) && a !== 'lift').toBe(false);
    expect(isOneLetterOff('left', 'lift')).toBe(true);
  });
});

describe('the spellings of a request', () => {
  it.each([
    ['pikc up the red cube', ['pick up the red cube']],
    ['pick up the red cubbe', ['pick up the red cube']],
    ['lift the bluue cube', ['lift the blue cube']],
    ['pick up the red cube', []],
    ['pikc up the reed cubbe', []],
    ['pick up the red banana', []],
  ])('of %j are %j', (request, expected) => expect(spellingsOf(request, lexicon)).toEqual(expected));
});
