import { COLOURS, SHAPES } from '../context/thing-words.ts';
import { isTrayNext, type Lexicon } from './lexicon.ts';
import type { Filter } from './meaning.ts';
import { GENERIC_NOUNS, ORDINALS, PLURALS, SIDES, SIZES, VAGUE, WEIGHTS } from './phrases.ts';
import type { Reader } from './reader.ts';

/** Reads a comparison of weight after "is" or "weighs". */
export function readWeight(r: Reader): Extract<Filter, { by: 'weight' }>['weight'] | undefined {
  const determined = r.accept('the');
  if (r.accept('more | most | the more | the most')) return 'heaviest';
  if (r.accept('less | least | the less | the least')) return 'lightest';
  const weight = r.lookup(WEIGHTS);
  if (determined && weight) r.accept('one | thing');
  return weight;
}

/** True when a word that describes or names a thing follows. */
export const isNominal = (r: Reader, lexicon: Lexicon): boolean => {
  const word = r.peek();
  if (word === undefined) return false;
  return (
    [COLOURS, SHAPES, WEIGHTS, SIDES, ORDINALS].some((map) => map.has(word)) ||
    [GENERIC_NOUNS, SIZES, VAGUE, lexicon.things].some((set) => set.has(word))
  );
};

/** Reads adjectives and a noun. */
export function readWords(r: Reader, lexicon: Lexicon) {
  const filters: Filter[] = [];
  let [other, isNoun, isPlural] = [false, false, false];
  for (let word = r.peek(); word !== undefined && !isNoun; word = r.peek()) {
    const colour = COLOURS.get(word);
    const shape = SHAPES.get(word);
    const weight = WEIGHTS.get(word);
    const towards = SIDES.get(word);
    const rank = ORDINALS.get(word);
    if (isTrayNext(r)) break;
    if (word === 'other' || word === 'another' || word === 'remaining') other = true;
    else if (shape !== undefined || GENERIC_NOUNS.has(word)) {
      if (shape !== undefined) filters.push({ by: 'word', word: shape });
      [isNoun, isPlural] = [true, PLURALS.has(word)];
    } else if (colour !== undefined) filters.push({ by: 'word', word: colour });
    else if (weight !== undefined) filters.push({ by: 'weight', weight });
    else if (SIZES.has(word)) filters.push({ by: 'unknown', property: word });
    else if (rank !== undefined && word !== 'first' && word !== 'second')
      filters.push({ by: 'extreme', towards: 'left', rank });
    else if (rank !== undefined && isRanked(r)) filters.push({ by: 'extreme', towards: 'left', rank });
    else if (towards !== undefined && (isNominalAfter(r, lexicon) || /most$|est$/.test(word)) && !isTrayNext(r, 1)) {
      filters.push({ by: 'extreme', towards });
      if (r.peek(1) === 'hand') r.next();
    } else if (lexicon.things.has(word) && !/^(one|\d+)$/.test(word)) filters.push({ by: 'word', word });
    else if (!VAGUE.has(word) && !['same', 'two', 'three', 'four', 'colored'].includes(word)) break;
    r.next();
  }
  const number = isNoun && lexicon.things.has(r.peek() ?? '') && /^\d+$/.test(r.peek()!) ? r.next() : undefined;
  if (number !== undefined) filters.push({ by: 'word', word: number });
  return { filters, other, isNoun, isPlural };
}

/** True when an ordinal number counts things, and is no "first of all". */
const isRanked = (r: Reader): boolean => {
  const words = r.tokens.slice(r.at + 1, r.at + 8);
  return words.includes('from') || SHAPES.has(words[0]) || words[0] === 'thing' || words[0] === 'one';
};

function isNominalAfter(r: Reader, lexicon: Lexicon): boolean {
  const start = r.at++;
  r.accept('hand');
  const is = isNominal(r, lexicon) || r.sees('of');
  r.at = start;
  return is;
}
