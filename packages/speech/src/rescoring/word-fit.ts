import { bestPathLogProbability, FIRST_WORD_LABEL, type LabelPosteriors, logProbability, OTHER_LABEL } from './ctc.ts';

/** Tells how well texts fit what a {@link WordNetwork} heard. */
export class WordFit {
  readonly #labels: ReadonlyMap<string, number>;

  /** @param words those that have labels, in their order */
  constructor(words: readonly string[]) {
    this.#labels = new Map(words.map((word, i) => [word, FIRST_WORD_LABEL + i]));
  }

  /**
   * Logarithm of how much less probable a text is than whatever is heard most probably, over the root of the number of its
   * words: 0 at best, about; -Infinity of no text, and of one too long for the sound.
   */
  score(text: string, rows: LabelPosteriors): number {
    if (text === '') return Number.NEGATIVE_INFINITY;
    const labels = text.split(' ').map((word) => this.#labels.get(word) ?? OTHER_LABEL);
    return (logProbability(rows, labels) - bestPathLogProbability(rows)) / Math.sqrt(labels.length);
  }
}
