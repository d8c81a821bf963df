import type { Lexicon } from './lexicon.ts';
import type { Filter } from './meaning.ts';
import { readThingsList } from './read-things.ts';
import { readWeight, readWords } from './read-words.ts';
import type { Reader } from './reader.ts';

/** Reads "whichever of the red cube and the blue cube is heavier". */
export const readCompared = (r: Reader, lexicon: Lexicon): readonly Filter[] | undefined =>
  r.attempt(() => {
    if (!r.accept('whichever of | which of | whichever one of | which one of | whichever out of | what of'))
      return undefined;
    const among = readGroupMembers(r, lexicon);
    if (!among || !r.accept('is | weighs | are | feels | turns out to be')) return undefined;
    const weight = readWeight(r);
    return weight ? [...among, { by: 'weight', weight }] : undefined;
  });

/** Reads "on the left of the two cubes" after "the one". */
export const readEndOfGroup = (r: Reader, lexicon: Lexicon): readonly Filter[] | undefined =>
  r.attempt(() => {
    const end = r.accept('on the left of | on the right of | to the left of | to the right of');
    if (!end || !r.sees('the two | these two | those two | the pair of')) return undefined;
    const members = readGroupMembers(r, lexicon);
    return members && [...members, { by: 'extreme', towards: end.includes('left') ? 'left' : 'right' }];
  });

/** Reads "of the two boxes". */
export const readGroup = (r: Reader, lexicon: Lexicon): readonly Filter[] | undefined =>
  r.attempt(() => {
    if (!r.accept('of | among | amongst | out of | between')) return undefined;
    return readGroupMembers(r, lexicon);
  });

/** Reads the things of a group, after "of": "them", "the two cubes", "the red cube and the brick". */
export function readGroupMembers(r: Reader, lexicon: Lexicon, commas = true): readonly Filter[] | undefined {
  r.accept('both');
  if (r.accept('the pair of | the two of')) r.accept('the');
  if (r.accept('them | those | these | the two | these two | those two | the three | all')) {
    const { filters } = readWords(r, lexicon);
    return filters;
  }
  const among = readThingsList(r, lexicon, { commas, plain: true, grouped: true });
  if (!among || among.length === 1) return among?.[0].filters;
  return [{ by: 'among', things: among }];
}
