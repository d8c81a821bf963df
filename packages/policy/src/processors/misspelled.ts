/** Letters from which on a known word can be meant by a misspelled one, and a misspelled word can mean one. */
const LEAST_KNOWN = 4;
const LEAST_MISSPELLED = 3;

/** What makes one word of the other: two neighbours swapped, one letter more or less, or another letter. Undefined: more than that. */
type Mistake = 'swapped' | 'length' | 'other';

const MISTAKES: readonly Mistake[] = ['swapped', 'length', 'other'];

function mistakeBetween(a: string, b: string): Mistake | undefined {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return undefined;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1) ? 'length' : undefined;
  if (short.slice(start + 1) === long.slice(start + 1)) return 'other';
  const isSwapped = short[start] === long[start + 1] && short[start + 1] === long[start];
  return isSwapped && short.slice(start + 2) === long.slice(start + 2) ? 'swapped' : undefined;
}

/**
 * The known word that a misspelled one means: at an optimal string alignment distance of 1 (Damerau, 1964), rather by a swap of neighbours than by a
 * missing or additional letter, rather by that than by another letter, and of equal ones the first. `misspelled` of `training/tokens.py` has the same
 * rule; `misspelled-cases.json` holds both together.
 * @param word in lower case, and not known
 * @returns undefined where no known word is meant
 */
export function misspelled(word: string, known: readonly string[]): string | undefined {
  if (word.length < LEAST_MISSPELLED) return undefined;
  const meant = new Map<Mistake, string>();
  for (const each of known) {
    if (each.length < LEAST_KNOWN) continue;
    const mistake = mistakeBetween(word, each);
    if (mistake && !meant.has(mistake)) meant.set(mistake, each);
  }
  const best = MISTAKES.find((mistake) => meant.has(mistake));
  return best && meant.get(best);
}
