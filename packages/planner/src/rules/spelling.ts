import { isKnownWord, type Lexicon } from './lexicon.ts';
import { readableWords } from './phrases.ts';
import { isMarkToken, tokensOf } from './reader.ts';

/** Letters from which on a word is long enough that one wrong letter leaves it readable. */
const MIN_LETTERS = 4;
/** Largest number of words that one misspelt word can stand for. */
const MAX_CANDIDATES = 4;

/**
 * The spellings of a request in which its one unknown word is a word that the rules or the context know, with one
 * letter missing, too many, or swapped with its neighbour. None when several words are unknown.
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

/**
 * True for a word that is another one but for a letter that is missing or too many, or for two neighbours that are swapped. Another letter in the
 * place of one, or another first letter, makes too many words of others: "fold" and "hold", "praise" and "raise".
 */
export function isOneLetterOff(typed: string, word: string): boolean {
  let start = 0;
  while (start < Math.min(typed.length, word.length) && typed[start] === word[start]) start++;
  const [restTyped, rest] = [typed.slice(start), word.slice(start)];
  if (restTyped.length === rest.length)
    return rest.length > 1 && restTyped.slice(0, 2) === rest[1] + rest[0] && restTyped.slice(2) === rest.slice(2);
  return start > 0 && (restTyped.slice(1) === rest || restTyped === rest.slice(1));
}
