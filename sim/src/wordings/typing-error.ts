import type { Random } from '@praxis/core';

/** Letters from which on a word can have a typing error that leaves it readable. */
const MIN_LETTERS = 4;

/** Swaps, drops or doubles a letter in the middle of one of the longer words. A text without such a word stays as it is. */
export function withTypingError(text: string, random: Random): string {
  const words = text.split(' ');
  const long = words.flatMap((word, i) => (word.length >= MIN_LETTERS ? [i] : []));
  if (long.length === 0) return text;
  const index = random.pick(long);
  const word = words[index];
  const at = 1 + random.integer(word.length - 2);
  const wrong = random.pick([
    `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`,
    `${word.slice(0, at)}${word.slice(at + 1)}`,
    `${word.slice(0, at)}${word[at]}${word.slice(at)}`,
  ]);
  // Two equal letters that are swapped are no error.
  return words.with(index, wrong === word ? `${word.slice(0, at)}${word.slice(at + 1)}` : wrong).join(' ');
}
