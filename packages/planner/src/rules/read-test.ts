import type { Lexicon } from './lexicon.ts';
import type { Test, Things } from './meaning.ts';
import { WEIGHTS } from './phrases.ts';
import { readPlace } from './read-place.ts';
import { readThings } from './read-things.ts';
import type { Reader } from './reader.ts';

/** The thing that "it" means when a sentence has named none. */
const IT: Things = { is: 'things', quantity: 'the', pronoun: true, filters: [], text: 'it' };

/** Reads a condition after "if": "the red cube is heavy", "there is a green cube", "it is not on the left tray". */
export const readTest = (r: Reader, lexicon: Lexicon): Test | undefined =>
  r.attempt(() => readHeld(r, lexicon)) ??
  r.attempt(() => readOccupied(r, lexicon)) ??
  r.attempt(() => readSeen(r, lexicon)) ??
  r.attempt(() => readState(r, lexicon)) ??
  r.attempt(() => readBareState(r));

/** Reads a question that a condition follows: "is the yellow cube on the left tray?" */
export const readTestQuestion = (r: Reader, lexicon: Lexicon): Test | undefined =>
  r.attempt(() => {
    if (r.accept('is there | are there | do you see | do you have | can you see')) {
      const things = readThings(r, lexicon, { located: true });
      return things && acceptQuestion(r) ? { if: 'seen', things, not: false } : undefined;
    }
    if (!r.accept('is | are')) return undefined;
    const things = readThings(r, lexicon);
    const test = things && readAfterIs(r, lexicon, things, false);
    return test && acceptQuestion(r) ? test : undefined;
  });

const acceptQuestion = (r: Reader): boolean => r.accept('? | , | .') !== undefined;

function readHeld(r: Reader, lexicon: Lexicon): Test | undefined {
  if (
    r.accept(
      'your gripper is empty | the gripper is empty | your hand is empty | gripper is empty | you hold nothing | ' +
        'you are holding nothing | you are not holding anything | you have nothing in your gripper | ' +
        'your hands are empty | your hand is free | your gripper is free',
    )
  )
    return { if: 'held', things: undefined, not: true };
  if (r.accept('you are holding something | your gripper is full | you hold something'))
    return { if: 'held', things: undefined, not: false };
  if (!r.accept('you are already holding | you are holding | you hold | you already have | you have')) return undefined;
  const things = readThings(r, lexicon);
  return things && { if: 'held', things, not: false };
}

function readOccupied(r: Reader, lexicon: Lexicon): Test | undefined {
  const nothing = r.accept(
    'there is nothing on | nothing is on | nothing lies on | there is nothing in | there are no things on',
  );
  const something = nothing
    ? undefined
    : r.accept('there is something on | something is on | anything is on | there is anything on');
  if (nothing || something) {
    const place = readPlace(r, lexicon);
    return place && { if: 'occupied', place, not: nothing !== undefined };
  }
  const place = readPlace(r, lexicon);
  if (!place || !r.accept('is | are')) return undefined;
  if (r.accept('empty | free | still empty | still free | not occupied | clear'))
    return { if: 'occupied', place, not: true };
  return r.accept('occupied | full | taken | not empty | not free') ? { if: 'occupied', place, not: false } : undefined;
}

function readSeen(r: Reader, lexicon: Lexicon): Test | undefined {
  const seen = r.accept(
    'there is not | there is no | there are no | you do not see | you can not see | there is | there are | ' +
      'you can see | you see | you can find | you find | you spot',
  );
  if (!seen) return undefined;
  const things = readThings(r, lexicon, { located: true });
  r.accept('here | there | anywhere | around');
  return things && { if: 'seen', things, not: / no|not/.test(seen) };
}

function readState(r: Reader, lexicon: Lexicon): Test | undefined {
  const things = readThings(r, lexicon);
  if (!things) return undefined;
  if (r.accept('is here | exists | is visible | is in view')) return { if: 'seen', things, not: false };
  const weighs = r.accept('does not weigh | weighs | weigh');
  if (weighs) {
    const not = weighs.includes('not');
    const more = r.accept('more than | less than');
    const than = more ? readThings(r, lexicon) : undefined;
    if (!than) return undefined;
    return more === 'more than'
      ? { if: 'heavier', things, than, not }
      : { if: 'heavier', things: than, than: things, not };
  }
  if (
    !r.accept(
      'is | are | be | feels | turns out to be | turns out | happens to be | proves to be | proves | seems to be | seems | is found to be | is one of the',
    )
  )
    return undefined;
  return readAfterIs(r, lexicon, things, r.accept('not') !== undefined);
}

/** Reads what follows "the red cube is". */
function readAfterIs(r: Reader, lexicon: Lexicon, things: Things, denied: boolean): Test | undefined {
  const not = (r.accept('not') !== undefined) !== denied;
  r.accept('already | still | currently | quite | too | very | rather');
  const weight = r.attempt(() => {
    const isNoun = r.accept('a | an') !== undefined;
    const found = r.lookup(WEIGHTS);
    if (isNoun && !r.accept('one | thing')) return undefined;
    const than = found && r.accept('than') ? readThings(r, lexicon) : undefined;
    if (than) return found === 'heaviest' ? { things, than } : { things: than, than: things };
    return found === 'heavy' || found === 'light' ? found : undefined;
  });
  if (typeof weight === 'string') return { if: 'weight', things, weight, not };
  if (weight) return { if: 'heavier', ...weight, not };
  if (r.accept('in your gripper | in the gripper | in your hand | held')) return { if: 'held', things, not };
  if (r.accept('there')) return { if: 'on', things, place: { is: 'place', same: true, text: 'there' }, not };
  if (!r.accept('on | in | at | lying on')) return undefined;
  const place = readPlace(r, lexicon);
  r.accept('yet | already');
  return place && { if: 'on', things, place, not };
}

/** Reads a condition without its subject: "if heavy". */
function readBareState(r: Reader): Test | undefined {
  const not = r.accept('not') !== undefined;
  const weight = r.lookup(WEIGHTS);
  return weight === 'heavy' || weight === 'light' ? { if: 'weight', things: IT, weight, not, bare: true } : undefined;
}
