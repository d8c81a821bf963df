import { SHAPES, TRAYS } from '../context/thing-words.ts';
import { GENERIC_NOUNS, PLURALS } from './phrases.ts';

/** Words that a clause can end with, beside nouns: "stays where it is", "nothing else". */
const CLAUSE_ENDS = new Set(['is', 'it', 'alone', 'there', 'else', 'be']);
/** First words of a new clause. */
const CLAUSE_STARTS = new Set(
  'pick lift grab take raise get fetch grasp collect seize hoist give bring hand pass find put then instead'.split(' '),
);
const WANTS = new Set(['want', 'need', 'would', 'meant', 'mean', 'said']);
const ARTICLES = new Set(['the', 'a', 'an']);

const isNoun = (word: string): boolean =>
  SHAPES.has(word) || GENERIC_NOUNS.has(word) || PLURALS.has(word) || TRAYS.has(word);

/**
 * Puts commas where a speaker pauses into a sentence without marks, as recognisers write it: "not the red cube the blue one", "leave the red cube
 * take the blue one". A sentence with marks stays as it is.
 */
export function withPauses(text: string): string {
  if (/[,.;:!?–—]/.test(text)) return text;
  const words = text.trim().split(/\s+/);
  const plain = words.map((word) => word.toLowerCase());
  return words
    .map((word, i) => (i > 0 && beginsClause(plain, i) ? `, ${word}` : ` ${word}`))
    .join('')
    .trim();
}

function beginsClause(words: readonly string[], i: number): boolean {
  const [before, word, after] = [words[i - 1], words[i], words[i + 1]];
  if (word === 'not') return i === 1 ? before === 'no' : isNoun(before) && ARTICLES.has(after);
  if (ARTICLES.has(word)) return isNoun(before);
  if (!isNoun(before) && !CLAUSE_ENDS.has(before)) return false;
  return CLAUSE_STARTS.has(word) || (word === 'i' && WANTS.has(after));
}
