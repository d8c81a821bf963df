import { FIRST_WORD, type LabelRows, logProbability, logProbabilityOfBest, OTHER } from './ctc.ts';

/** Tells how well texts fit what a {@link WordNetwork} heard. */
export class WordFit {
  readonly #labels: ReadonlyMap<string, number>;

  /** @param words those that have labels, in their order */
  constructor(words: readonly string[]) {
    this.#labels = new Map(words.map((word, i) => [word, FIRST_WORD + i]));
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
