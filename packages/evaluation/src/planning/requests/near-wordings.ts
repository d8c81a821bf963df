import type { Random } from '@praxis/core';
import { pick } from '@praxis/sim';

/** Kinds of wording that ask for one thing by its name. */
export const NEAR_KINDS = ['plain', 'synonym', 'word order', 'polite', 'typing error'] as const;
export type NearKind = (typeof NEAR_KINDS)[number];

/** A thing by its name; {@link colour} is empty for one that is named by its kind alone. */
export interface NamedThing {
  readonly colour: string;
  readonly shape: string;
}

/** Words that no demonstration has, beside those that all have. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  red: ['crimson', 'scarlet'],
  green: ['emerald'],
  blue: ['navy'],
  yellow: ['golden'],
  purple: ['violet'],
  orange: ['tangerine'],
  cube: ['dice'],
  cylinder: ['tube', 'can'],
  brick: ['bar'],
};

/** Letters from which on a word can have a typing error that leaves it readable. */
const MIN_LETTERS = 4;

const nameOf = ({ colour, shape }: NamedThing): string => (colour === '' ? shape : `${colour} ${shape}`);

/** Wordings of each kind, none of which a demonstration has. */
const WORDINGS: Readonly<Record<NearKind, (thing: NamedThing, random: Random) => readonly string[]>> = {
  plain: (thing) => {
    const named = pick.goals('report').find(({ key }) => key === `pick ${nameOf(thing)}`);
    return named?.texts ?? [`take hold of the ${nameOf(thing)}`, `please raise the ${nameOf(thing)}`];
  },
  synonym: (thing, random) => {
    const name = nameOf(thing);
    const { colour, shape } = thing;
    const other = (word: string): readonly string[] => (OTHER_WORDS[word] ? [random.pick([...OTHER_WORDS[word]])] : []);
    return [
      ...['fetch', 'seize', 'hoist', 'collect', 'snatch'].map((verb) => `${verb} the ${name}`),
      ...other(colour).flatMap((word) => [`pick up the ${word} ${shape}`, `lift the ${word} ${shape}`]),
      ...other(shape).flatMap((word) => [`pick up the ${`${colour} ${word}`.trim()}`]),
    ];
  },
  'word order': (thing) => {
    const name = nameOf(thing);
    return [
      `the ${name}, pick it up`,
      `from the table lift the ${name}`,
      `up with the ${name}`,
      `it is the ${name} that I want you to take`,
      thing.colour === ''
        ? `the ${name}: grab it now`
        : `the ${thing.shape}, I mean the ${thing.colour} one, take that up`,
    ];
  },
  polite: (thing) => {
    const name = nameOf(thing);
    return [
      `would you be so kind as to pick up the ${name} for me, thank you very much`,
      `if it is not too much trouble, I would really like you to lift the ${name} now`,
      `hello robot, when you are ready please go ahead and take the ${name} from the table for me`,
      `excuse me, could you possibly grab the ${name} and hold it up so that I can see it`,
    ];
  },
  'typing error': (thing, random) =>
    ['pick up', 'grab', 'lift', 'please take'].map((verb) => withTypingError(`${verb} the ${nameOf(thing)}`, random)),
};

/** One wording of a kind for a thing. */
export const nearWording = (kind: NearKind, thing: NamedThing, random: Random): string =>
  random.pick([...WORDINGS[kind](thing, random)]);

/** Swaps, drops or doubles a letter in the middle of one of the longer words. */
function withTypingError(text: string, random: Random): string {
  const words = text.split(' ');
  const index = random.pick(words.flatMap((word, i) => (word.length >= MIN_LETTERS ? [i] : [])));
  const word = words[index];
  const at = 1 + random.integer(word.length - 2);
  const wrong = random.pick([
    `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`,
    `${word.slice(0, at)}${word.slice(at + 1)}`,
    `${word.slice(0, at)}${word[at]}${word.slice(at)}`,
  ]);
  return words.with(index, wrong).join(' ');
}
