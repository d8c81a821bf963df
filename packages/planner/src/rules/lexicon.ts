import type { PlannerContext } from '../context/context.ts';
import { TRAYS } from '../context/thing-words.ts';
import { Refusal } from './answer.ts';
import type { Place } from './meaning.ts';
import { isReadable } from './phrases.ts';
import { isMarkToken, type Reader } from './reader.ts';

/** The words of a context, beside those of the rules. */
export interface Lexicon {
  /** Words of the things that are seen. */
  readonly things: ReadonlySet<string>;
  /** Names of places, in lower case, longest first. */
  readonly places: readonly string[];
}

/** Makes the lexicon of a context. */
export const lexiconOf = ({ things, places }: PlannerContext): Lexicon => ({
  things: new Set(things.flatMap(({ words, name }) => [...words, ...name.split(' ')])),
  places: places.map(({ name }) => name.toLowerCase()).sort((a, b) => b.length - a.length),
});

/** True for a word that the rules or the context know. */
export const isKnownWord = (word: string, { things, places }: Lexicon): boolean =>
  isMarkToken(word) || isReadable(word) || things.has(word) || places.some((name) => name.split(' ').includes(word));

/** Refuses when an unknown word stands where a name is expected: "the ripe banana". */
export function refuseUnknown(r: Reader, lexicon: Lexicon): void {
  let word: string | undefined;
  for (let i = 0; r.peek(i) !== undefined && !isKnownWord(r.peek(i)!, lexicon); i++) word = r.peek(i);
  if (word !== undefined) throw new Refusal(`I don't know ${word}`);
}

/** True when the next word, after an offset, is one for a tray. */
export const isTrayNext = (r: Reader, offset = 0): boolean => {
  const word = r.peek(offset);
  if (word === undefined) return false;
  return TRAYS.has(word) || ((word === 'hand' || word === 'side') && isTrayNext(r, offset + 1));
};

/** True for a place that the words call a tray: "the left tray", and not "the left". */
export const isTray = ({ text }: Pick<Place, 'text'>): boolean => text.split(' ').some((word) => TRAYS.has(word));

/** Refuses what is left of a request that no rule reads. */
export function refuseRest(r: Reader, lexicon: Lexicon): never {
  refuseUnknown(r, lexicon);
  const rest = r.tokens.slice(r.at);
  const unknown = rest.find((word) => !isKnownWord(word, lexicon));
  if (unknown !== undefined) throw new Refusal(`I don't know ${unknown}`);
  throw new Refusal(`I don't understand "${rest.join(' ').replace(/ ([,.?])/g, '$1')}"`);
}
