import type { Random } from '@praxis/core';
import { type NearKind, type PatternSet, patternSetOf } from '../kinds.ts';
import { withTypingError } from '../typing-error.ts';
import type { WordingSet } from '../wordings.ts';
import { DEVELOPMENT_PATTERNS } from './development-patterns.ts';
import { REPORT_PATTERNS } from './report-patterns.ts';

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

const PATTERNS: Readonly<Record<PatternSet, NearPatterns>> = {
  development: DEVELOPMENT_PATTERNS,
  report: REPORT_PATTERNS,
};

/**
 * Draws a sentence of a kind that asks to lift one thing.
 * @param set the set of the episode's seed: reports have wordings of their own
 */
export function nearPickWording(kind: NearKind, thing: NamedThing, set: WordingSet, random: Random): string {
  const patterns = PATTERNS[patternSetOf(set)];
  if (kind === 'typing error') return withTypingError(filled(random.pick(patterns.plain), thing), random);
  if (kind === 'synonym' && random.chance(0.5)) {
    const [colour, shape] = random.pick(otherNames(thing, patterns));
    return filled(random.pick(patterns.plain), { colour, shape });
  }
  return filled(random.pick(patterns[kind]), thing);
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
