import { PolicyError, SPOTTED_STOP_WORDS } from '@praxis/core';
import { FIRST_WORD_LABEL } from '../rescoring/ctc.ts';
import type { WordLabeller } from '../rescoring/word-labeller.ts';

/** Embeddings that it looks back on: 1.6 s. */
const HISTORY_STEPS = 20;
/** Embeddings of silence that it takes to follow: words are known when what is around them has been seen. */
export const SILENCE_STEPS = 8;
/** Steps at the end in which a stop word counts (the silence among them): 1.3 s. */
const SCORED_STEPS = 16;

/** Whether what was heard last is a stop word or one of the other words of commands, as far as it has been said. */
export class StopVerifier {
  readonly #labeller: WordLabeller;
  readonly #stopLabels: readonly number[];
  /** The newest at the end. */
  #history: Float32Array[] = [];

  /**
   * @param labels which it closes
   * @throws {PolicyError} when a stop word has no label
   */
  constructor(labels: WordLabeller) {
    const unknown = SPOTTED_STOP_WORDS.find((word) => !labels.words.includes(word));
    if (unknown) throw new PolicyError(`words: "${unknown}" has no label`);
    this.#labeller = labels;
    this.#stopLabels = SPOTTED_STOP_WORDS.map((word) => FIRST_WORD_LABEL + labels.words.indexOf(word));
  }

  /** @param values the next embedding */
  appendEmbedding(values: Float32Array): void {
    this.#history = [...this.#history.slice(1 - HISTORY_STEPS), values];
  }

  /**
   * Probability of a stop word at the step of the last ones that is surest of one, 0..1.
   * @param silence {@link SILENCE_STEPS} embeddings, as if nobody said anything after what was heard
   */
  async stopProbability(silence: readonly Float32Array[]): Promise<number> {
    const { values, labels } = await this.#labeller.label([...this.#history, ...silence]);
    let surest = 0;
    for (let row = Math.max(0, values.length - SCORED_STEPS * labels); row < values.length; row += labels) {
      const stop = this.#stopLabels.reduce((sum, label) => sum + Math.exp(values[row + label]), 0);
      surest = Math.max(surest, stop);
    }
    return surest;
  }

  close(): Promise<void> {
    return this.#labeller.close();
  }
}
