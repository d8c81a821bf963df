/** A word of a path through the grammar. */
export interface FoundWord {
  readonly word: string;
  /** Frames, 100 a second: the first and the last. */
  readonly first: number;
  readonly last: number;
  /** Score over those frames. */
  readonly score: number;
}

/** What stands for no word: silence, fillers, and branches of the grammar. */
const NO_WORD = /^[<([]/;
/** A word may fit worse by this per frame than all of them together. */
const ONE_WORSE = 16;
/** Short words vary more: each is judged as if so many frames more of it had fitted so well. */
const FRAMES = 8;
const WELL = -45;

/**
 * How well words explain the sound in which they were found: score per frame of all of them, or of the worst when that is far
 * worse. Silence around them does not count. 0 is the best; -Infinity without words.
 */
export function fitOf(found: readonly FoundWord[]): number {
  const words = found
    .filter(({ word, first, last }) => !NO_WORD.test(word) && last >= first)
    .map(({ first, last, score }) => ({ frames: last - first + 1, score }));
  if (words.length === 0) return Number.NEGATIVE_INFINITY;
  const sum = (of: (word: { frames: number; score: number }) => number) =>
    words.reduce((all, word) => all + of(word), 0);
  const all = sum(({ score }) => score) / sum(({ frames }) => frames);
  const worst = Math.min(...words.map(({ frames, score }) => (score + FRAMES * WELL) / (frames + FRAMES)));
  return Math.min(all, worst + ONE_WORSE);
}
