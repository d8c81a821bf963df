import { PolicyError } from '@praxis/core';
import type { OnnxBackend, OnnxSession } from '@praxis/policy';
import { concatenate } from '../audio/audio.ts';
import { EMBEDDING_SIZE } from '../embedding/speech-embedder.ts';
import { FIRST_WORD_LABEL, type LabelPosteriors } from './ctc.ts';

/**
 * Labels a sequence of speech embeddings with words, by a network trained on synthetic voices (`training/voice/words`). The words
 * of the command language have labels of their own; all others share one.
 */
export class WordLabeller {
  readonly #backend: OnnxBackend;
  readonly #network: OnnxSession;
  /** The words with labels, in the order of their labels. */
  readonly words: readonly string[];

  private constructor(backend: OnnxBackend, network: OnnxSession, words: readonly string[]) {
    this.#backend = backend;
    this.#network = network;
    this.words = words;
  }

  /**
   * @param graph bytes of `words.onnx`
   * @param words the words with labels, in the order of their labels
   * @throws {PolicyError} on a graph of another shape or another number of words
   */
  static async load(backend: OnnxBackend, graph: Uint8Array, words: readonly string[]): Promise<WordLabeller> {
    const network = await backend.create(graph);
    const [inputShape, outputShape] = [network.inputs[0].shape, network.outputs[0].shape];
    const labels = FIRST_WORD_LABEL + words.length;
    if (inputShape.at(-1) !== EMBEDDING_SIZE || outputShape.at(-1) !== labels) {
      throw new PolicyError(
        `words: the network maps [${inputShape}] to [${outputShape}], expected [1,steps,${EMBEDDING_SIZE}] to [1,steps,${labels}]`,
      );
    }
    return new WordLabeller(backend, network, words);
  }

  /** @param embeddings one every 80 ms, of {@link EMBEDDING_SIZE} numbers. @returns one step for each of them */
  async label(embeddings: readonly Float32Array[]): Promise<LabelPosteriors> {
    const input = this.#backend.tensor(concatenate(embeddings), [1, embeddings.length, EMBEDDING_SIZE]);
    const out = await this.#network.run({ [this.#network.inputs[0].name]: input });
    return {
      values: out[this.#network.outputs[0].name].data as Float32Array,
      labels: FIRST_WORD_LABEL + this.words.length,
    };
  }

  close(): Promise<void> {
    return this.#network.release();
  }
}
