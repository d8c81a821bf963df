import { isKnownWord, type Lexicon } from './lexicon.ts';
import { readableWords } from './phrases.ts';
import { isMarkToken, tokensOf } from './reader.ts';

/** Letters from which on a word is long enough that one wrong letter leaves it readable. */
const MIN_LETTERS = 4;
/** Largest number of words that one misspelt word can stand for. */
const MAX_CANDIDATES = 4;

/**
 * The spellings of a request in which its one unknown word is a word that the rules or the context know, and from which it differs by one letter:
 * missing, added, another, or two that are swapped (Damerau 1964). None when several words are unknown.
 */
export function spellingsOf(request: string, lexicon: Lexicon): readonly string[] {
  const tokens = tokensOf(request).map((token) => (isMarkToken(token) ? `${token} ` : token));
  const unknown = tokens.flatMap((token, i) => (isKnownWord(token.trim(), lexicon) ? [] : [i]));
  if (unknown.length !== 1) return [];
  const [index] = unknown;
  const vocabulary = new Set([
    ...readableWords(),
    ...lexicon.things,
    ...lexicon.places.flatMap((name) => name.split(' ')),
  ]);
  const candidates = [...vocabulary].filter(
    (word) => word.length >= MIN_LETTERS && isOneLetterOff(tokens[index], word),
  );
  if (candidates.length > MAX_CANDIDATES) return [];
  return candidates.map((word) => tokens.with(index, word).join(' ').replaceAll(' , ', ', ').trim());
}

/** True for words whose Damerau-Levenshtein distance (optimal string alignment) is 1. */
export function isOneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (a.length !== b.length) return a.length > b.length ? restA.slice(1) === restB : restB.slice(1) === restA;
  const isSwapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return restA.slice(1) === restB.slice(1) || isSwapped;
}
