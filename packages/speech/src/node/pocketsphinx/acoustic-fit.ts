/** A word of a path through the grammar. */
export interface MatchedWord {
  readonly word: string;
  /** Frames, 100 a second: the first and the last. */
  readonly first: number;
  readonly last: number;
  /** Score over those frames. */
  readonly score: number;
}

/** What stands for no word: silence, fillers, and branches of the grammar. */
const NON_WORD_PATTERN = /^[<([]/;
/** A word may fit worse by this per frame than all of them together. */
const WORST_WORD_MARGIN = 16;
/** Short words vary more: each is judged as if so many frames more of it had fitted so well. */
const PRIOR_FRAMES = 8;
const PRIOR_SCORE_PER_FRAME = -45;

/**
 * How well words explain the sound in which they were found: score per frame of all of them, or of the worst when that is far
 * worse. Silence around them does not count. 0 is the best; -Infinity without words.
 */
export function acousticFit(found: readonly MatchedWord[]): number {
  const words = found
    .filter(({ word, first, last }) => !NON_WORD_PATTERN.test(word) && last >= first)
    .map(({ first, last, score }) => ({ frames: last - first + 1, score }));
  if (words.length === 0) return Number.NEGATIVE_INFINITY;
  const sum = (of: (word: { frames: number; score: number }) => number) =>
    words.reduce((all, word) => all + of(word), 0);
  const all = sum(({ score }) => score) / sum(({ frames }) => frames);
  const worst = Math.min(
    ...words.map(({ frames, score }) => (score + PRIOR_FRAMES * PRIOR_SCORE_PER_FRAME) / (frames + PRIOR_FRAMES)),
  );
  return Math.min(all, worst + WORST_WORD_MARGIN);
}
