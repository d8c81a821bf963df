/** A word of the best path through the grammar. */
export interface MatchedWord {
  readonly word: string;
  /** First frame, at 100 frames a second. */
  readonly first: number;
  /** Last frame, at 100 frames a second. */
  readonly last: number;
  /** Acoustic score over those frames; 0 is the best. */
  readonly score: number;
}

/** Matches entries without a word: silence, fillers, and branches of the grammar. */
const NON_WORD_PATTERN = /^[<([]/;
/** Score per frame by which a single word may fit worse than the average. */
const WORST_WORD_MARGIN_PER_FRAME = 16;
/** The scores of short words vary more: each word is judged with this many additional frames. */
const PRIOR_FRAMES = 8;
/** Score of each additional frame. */
const PRIOR_SCORE_PER_FRAME = -45;

/**
 * Scores how well words explain the audio: the score per frame of all words, or of the worst word if that is much worse. Ignores
 * silence around the words. 0 is the best; -Infinity without words.
 */
export function acousticFit(path: readonly MatchedWord[]): number {
  const words = path
    .filter(({ word, first, last }) => !NON_WORD_PATTERN.test(word) && last >= first)
    .map(({ first, last, score }) => ({ frames: last - first + 1, score }));
  if (words.length === 0) return Number.NEGATIVE_INFINITY;
  const sum = (of: (word: { frames: number; score: number }) => number) =>
    words.reduce((all, word) => all + of(word), 0);
  const all = sum(({ score }) => score) / sum(({ frames }) => frames);
  const worst = Math.min(
    ...words.map(({ frames, score }) => (score + PRIOR_FRAMES * PRIOR_SCORE_PER_FRAME) / (frames + PRIOR_FRAMES)),
  );
  return Math.min(all, worst + WORST_WORD_MARGIN_PER_FRAME);
}
