import { bestPathLogProbability, FIRST_WORD_LABEL, type LabelPosteriors, logProbability, OTHER_LABEL } from './ctc.ts';

/** Scores how well a text fits the output of a word network. */
export class WordFit {
  readonly #labels: ReadonlyMap<string, number>;

  /** @param words the words with labels, in the order of their labels */
  constructor(words: readonly string[]) {
    this.#labels = new Map(words.map((word, i) => [word, FIRST_WORD_LABEL + i]));
  }

  /**
   * Log probability of the text relative to the best path, divided by the square root of its number of words. About 0 at best;
   * -Infinity for an empty text and for one that is too long for the audio.
   */
  score(text: string, rows: LabelPosteriors): number {
    if (text === '') return Number.NEGATIVE_INFINITY;
    const labels = text.split(' ').map((word) => this.#labels.get(word) ?? OTHER_LABEL);
    return (logProbability(rows, labels) - bestPathLogProbability(rows)) / Math.sqrt(labels.length);
  }
}
