import { PolicyError } from '@praxis/core';
import type { OnnxBackend, OnnxSession } from '@praxis/policy';
import { concatenate } from '../audio/audio.ts';
import { EMBEDDING_SIZE } from '../embedding/speech-embedder.ts';
import { FIRST_WORD_LABEL, type LabelPosteriors } from './ctc.ts';

/**
 * Which words sound through a row of speech embeddings, by a network that was taught with synthetic voices (`training/voice/words`). It
 * knows the words of the command language; any other is one label.
 */
export class WordLabeller {
  readonly #backend: OnnxBackend;
  readonly #network: OnnxSession;
  /** Those that have labels, in their order. */
  readonly words: readonly string[];

  private constructor(backend: OnnxBackend, network: OnnxSession, words: readonly string[]) {
    this.#backend = backend;
    this.#network = network;
    this.words = words;
  }

  /**
   * @param graph bytes of `words.onnx`
   * @param words those that have a label, in the order of their labels
   * @throws {PolicyError} when the graph is none of this kind, or of other words
   */
  static async load(backend: OnnxBackend, graph: Uint8Array, words: readonly string[]): Promise<WordLabeller> {
    const network = await backend.create(graph);
    const [takes, gives] = [network.inputs[0].shape, network.outputs[0].shape];
    const labels = FIRST_WORD_LABEL + words.length;
    if (takes.at(-1) !== EMBEDDING_SIZE || gives.at(-1) !== labels) {
      throw new PolicyError(
        `words: the network takes [${takes}] and gives [${gives}], expected [1,steps,${EMBEDDING_SIZE}] and [1,steps,${labels}]`,
      );
    }
    return new WordLabeller(backend, network, words);
  }

  /** @param embeddings one each 80 ms, {@link EMBEDDING_SIZE} numbers each. @returns a row of labels for each of them */
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
