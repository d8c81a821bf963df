/** Log probabilities of the labels at each step: the blank (0), {@link OTHER_LABEL}, then the words. */
export interface LabelPosteriors {
  /** Natural logarithms, [steps, labels]. */
  readonly values: Float32Array;
  /** Number of labels of a step. */
  readonly labels: number;
}

const BLANK_LABEL = 0;
/** Label of all words without a label of their own. */
const OTHER_LABEL = 1;
/** Label of the first word; the others follow in their order. */
export const FIRST_WORD_LABEL = 2;

/** log(exp(a) + exp(b)) without overflow. */
const logAddExp = (a: number, b: number): number => {
  const [more, less] = a > b ? [a, b] : [b, a];
  return less === Number.NEGATIVE_INFINITY ? more : more + Math.log1p(Math.exp(less - more));
};

/**
 * Log probability of a sequence of labels, by the forward variables of connectionist temporal classification (Graves et al., ICML
 * 2006, section 4.1). -Infinity when the sequence needs more steps.
 */
export function logProbability({ values, labels }: LabelPosteriors, labelSequence: readonly number[]): number {
  const spread = [BLANK_LABEL, ...labelSequence.flatMap((label) => [label, BLANK_LABEL])];
  let forward = spread.map((_, i) => (i === 0 ? 0 : Number.NEGATIVE_INFINITY));
  for (let row = 0; row < values.length; row += labels) {
    forward = spread.map((label, i) => {
      let sum = forward[i];
      // Before the first step only the beginning is possible; it leads to the first blank and the first label.
      if (i > 0) sum = logAddExp(sum, forward[i - 1]);
      if (i > 1 && label !== BLANK_LABEL && label !== spread[i - 2]) sum = logAddExp(sum, forward[i - 2]);
      return sum + values[row + label];
    });
  }
  const last = forward[spread.length - 1];
  return spread.length > 1 ? logAddExp(last, forward[spread.length - 2]) : last;
}

/** Log probability of the most probable label at each step, whatever the sequence. */
export function bestPathLogProbability({ values, labels }: LabelPosteriors): number {
  let sum = 0;
  for (let row = 0; row < values.length; row += labels) {
    sum += values.subarray(row, row + labels).reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY);
  }
  return sum;
}

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
