import type { Random } from '@praxis/core';
import { DEVELOPMENT_PATTERNS } from './development-patterns.ts';
import { REPORT_PATTERNS } from './report-patterns.ts';

/** Kinds of wording that ask for one thing by its name. */
export const NEAR_KINDS = ['plain', 'synonym', 'word order', 'polite', 'typing error'] as const;
export type NearKind = (typeof NEAR_KINDS)[number];

/** A thing by its name; {@link colour} is empty for one that is named by its kind alone. */
export interface NamedThing {
  readonly colour: string;
  readonly shape: string;
}

/** Patterns of sentences, in which `{name}` stands for the colour and the shape, and words that stand for a colour or a shape. */
export type NearPatterns = Readonly<Record<Exclude<NearKind, 'typing error'>, readonly string[]>> & {
  readonly colours: Readonly<Record<string, readonly string[]>>;
  readonly shapes: Readonly<Record<string, readonly string[]>>;
};

/** Seeds from here on are of reports. */
const FIRST_REPORT_SEED = 2_000_000;
/** Letters from which on a word can have a typing error that leaves it readable. */
const MIN_LETTERS = 4;

/** One wording of a kind for a thing. Seeds of reports have wordings of their own. */
export function nearWording(kind: NearKind, thing: NamedThing, seed: number, random: Random): string {
  const patterns = seed < FIRST_REPORT_SEED ? DEVELOPMENT_PATTERNS : REPORT_PATTERNS;
  if (kind === 'typing error') return withTypingError(filled(random.pick([...patterns.plain]), thing), random);
  if (kind === 'synonym' && random.chance(0.5)) {
    const [colour, shape] = random.pick(otherNames(thing, patterns));
    return filled(random.pick([...patterns.plain]), { colour, shape });
  }
  return filled(random.pick([...patterns[kind]]), thing);
}

function filled(pattern: string, { colour, shape }: NamedThing): string {
  const name = colour === '' ? shape : `${colour} ${shape}`;
  const words = pattern.replaceAll('{name}', name).replaceAll('{shape}', shape).replaceAll('{colour}', colour);
  return words.replace(/ +/g, ' ');
}

/** The thing with another word for its colour or its shape; as it is when there is none. */
function otherNames({ colour, shape }: NamedThing, { colours, shapes }: NearPatterns): (readonly [string, string])[] {
  const names = [
    ...(colours[colour] ?? []).map((word) => [word, shape] as const),
    ...(shapes[shape] ?? []).map((word) => [colour, word] as const),
  ];
  return names.length > 0 ? names : [[colour, shape]];
}

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
