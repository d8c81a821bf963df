import { type LabelRows, logProbability, logProbabilityOfBest } from './ctc.ts';

/** The blank is label 0, any word that has no label of its own is this one, and the words follow. */
const OTHER = 1;

/** Tells how well texts fit what a {@link WordNetwork} heard. */
export class WordFit {
  readonly #labels: ReadonlyMap<string, number>;

  /** @param words those that have labels, in their order */
  constructor(words: readonly string[]) {
    this.#labels = new Map(words.map((word, i) => [word, OTHER + 1 + i]));
  }

  /**
   * Logarithm of how much less probable a text is than whatever is heard most probably, over the root of the number of its
   * words: 0 at best, about; -Infinity of no text, and of one too long for the sound.
   */
  of(text: string, rows: LabelRows): number {
    if (text === '') return Number.NEGATIVE_INFINITY;
    const labels = text.split(' ').map((word) => this.#labels.get(word) ?? OTHER);
    return (logProbability(rows, labels) - logProbabilityOfBest(rows)) / Math.sqrt(labels.length);
  }
}
