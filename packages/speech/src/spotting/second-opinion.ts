import { PolicyError, SPOTTED_WORDS } from '@praxis/core';
import { FIRST_WORD } from '../rescoring/ctc.ts';
import type { WordLabels } from '../rescoring/word-labels.ts';

/** Embeddings that it looks back on: 1.6 s. */
const PAST = 20;
/** Embeddings of silence that it takes to follow: words are known when what is around them has been seen. */
export const SILENCE = 8;
/** Steps at the end in which a stop word counts (the silence among them): 1.3 s. */
const LAST = 16;

/** Whether what was heard last is a stop word or one of the other words of commands, as far as it has been said. */
export class SecondOpinion {
  readonly #labels: WordLabels;
  readonly #stops: readonly number[];
  /** The newest at the end. */
  #past: Float32Array[] = [];

  /**
   * @param labels which it closes
   * @throws {PolicyError} when a stop word has no label
   */
  constructor(labels: WordLabels) {
    const unknown = SPOTTED_WORDS.find((word) => !labels.words.includes(word));
    if (unknown) throw new PolicyError(`words: "${unknown}" has no label`);
    this.#labels = labels;
    this.#stops = SPOTTED_WORDS.map((word) => FIRST_WORD + labels.words.indexOf(word));
  }

  /** @param values the next embedding */
  remember(values: Float32Array): void {
    this.#past = [...this.#past.slice(1 - PAST), values];
  }

  /**
   * Probability of a stop word at the step of the last ones that is surest of one, 0..1.
   * @param silence {@link SILENCE} embeddings, as if nobody said anything after what was heard
   */
  async ofStop(silence: readonly Float32Array[]): Promise<number> {
    const { values, labels } = await this.#labels.of([...this.#past, ...silence]);
    let surest = 0;
    for (let row = Math.max(0, values.length - LAST * labels); row < values.length; row += labels) {
      const stop = this.#stops.reduce((sum, label) => sum + Math.exp(values[row + label]), 0);
      surest = Math.max(surest, stop);
    }
    return surest;
  }

  close(): Promise<void> {
    return this.#labels.close();
  }
}
