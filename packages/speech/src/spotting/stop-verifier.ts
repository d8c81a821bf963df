import { PolicyError, SPOTTED_STOP_WORDS } from '@praxis/core';
import { FIRST_WORD_LABEL } from '../rescoring/ctc.ts';
import type { WordLabeller } from '../rescoring/word-labeller.ts';

/** Past embeddings that the network reads: 1.6 s. */
const HISTORY_STEPS = 20;
/** Embeddings of silence to append: the network reports a word only after its context. */
export const SILENCE_STEPS = 8;
/** Last steps in which a stop word counts, the silence included: 1.3 s. */
const SCORED_STEPS = 16;

/** Separates stop words from other words of commands, which may be incomplete, with the word network. */
export class StopVerifier {
  readonly #labeller: WordLabeller;
  readonly #stopLabels: readonly number[];
  /** Past embeddings; the newest is the last. */
  #history: Float32Array[] = [];

  /**
   * @param labeller the word network; the verifier closes it
   * @throws {PolicyError} when a stop word has no label
   */
  constructor(labeller: WordLabeller) {
    const unknown = SPOTTED_STOP_WORDS.find((word) => !labeller.words.includes(word));
    if (unknown) throw new PolicyError(`words: "${unknown}" has no label`);
    this.#labeller = labeller;
    this.#stopLabels = SPOTTED_STOP_WORDS.map((word) => FIRST_WORD_LABEL + labeller.words.indexOf(word));
  }

  /** @param values the next embedding */
  appendEmbedding(values: Float32Array): void {
    this.#history = [...this.#history.slice(1 - HISTORY_STEPS), values];
  }

  /**
   * Highest probability of a stop word among the last steps, 0..1.
   * @param silence {@link SILENCE_STEPS} embeddings of silence after the audio so far
   */
  async stopProbability(silence: readonly Float32Array[]): Promise<number> {
    const { values, labels } = await this.#labeller.label([...this.#history, ...silence]);
    let highest = 0;
    for (let row = Math.max(0, values.length - SCORED_STEPS * labels); row < values.length; row += labels) {
      const stop = this.#stopLabels.reduce((sum, label) => sum + Math.exp(values[row + label]), 0);
      highest = Math.max(highest, stop);
    }
    return highest;
  }

  close(): Promise<void> {
    return this.#labeller.close();
  }
}
