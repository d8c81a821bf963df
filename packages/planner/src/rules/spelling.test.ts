import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { context } from '../models/testing/request.ts';
import { lexiconOf } from './lexicon.ts';
import { isOneLetterOff, spellingsOf } from './spelling.ts';

const WORD = fc.stringMatching(/^[a-z]{2,8}$/);
const lexicon = lexiconOf(context);

describe('words that are one letter off', () => {
  it('are those with a letter missing, too many, or swapped with the next', () =>
    fc.assert(
      fc.property(WORD, fc.nat(), fc.constantFrom(...'abcxyz'), (word, place, letter) => {
        const at = 1 + (place % (word.length - 1));
        const [before, here, after] = [word.slice(0, at), word[at], word.slice(at + 1)];
        for (const wrong of [`${before}${after}`, `${before}${letter}${here}${after}`])
          expect(isOneLetterOff(wrong, word)).toBe(true);
        const swapped = `${word.slice(0, at - 1)}${here}${word[at - 1]}${after}`;
        expect(isOneLetterOff(swapped, word)).toBe(swapped !== word);
      }),
    ));

  it.each([
    ['fold', 'hold'],
    ['lick', 'pick'],
    ['make', 'take'],
    ['praise', 'raise'],
    ['cube', 'cubicle'],
    ['badc', 'abcd'],
    ['cube', 'cube'],
  ])('are not %s and %s', (typed, word) => expect(isOneLetterOff(typed, word)).toBe(false));
});

describe('the spellings of a request', () => {
  it.each([
    ['pikc up the red cube', ['pick up the red cube']],
    ['pick up the red cubbe', ['pick up the red cube']],
    ['lift the bluue cube', ['lift the blue cube']],
    ['pick up the red cube', []],
    ['pikc up the reed cubbe', []],
    ['pick up the red banana', []],
    ['fold the red cube', []],
  ])('of %j are %j', (request, expected) => expect(spellingsOf(request, lexicon)).toEqual(expected));
});
