import { PolicyError } from '@praxis/core';
import type { OnnxBackend, OnnxSession } from '@praxis/policy';
import { joined } from '../audio/audio.ts';
import { HOP, type SpeechEmbedding, WIDTH } from '../spotting/speech-embedding.ts';
import type { LabelRows } from './ctc.ts';

/** Embeddings of silence before and after the sound: a word, above all a short one, is known when what is around it has been seen. */
const BEFORE = 5;
const AFTER = 8;

/**
 * Which words sound through an utterance at each step of 80 ms, by a network over Google's speech embedding that was taught with
 * synthetic voices (`training/words`). It knows the words of the command language; any other is one label.
 */
export class WordNetwork {
  readonly #backend: OnnxBackend;
  readonly #embedding: SpeechEmbedding;
  readonly #network: OnnxSession;
  readonly #labels: number;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(backend: OnnxBackend, embedding: SpeechEmbedding, network: OnnxSession, labels: number) {
    this.#backend = backend;
    this.#embedding = embedding;
    this.#network = network;
    this.#labels = labels;
  }

  /**
   * @param embedding of its own, which it closes
   * @param graph bytes of `words.onnx`
   * @param words how many words have a label
   * @throws {PolicyError} when the graph is none of this kind, or of other words
   */
  static async load(
    backend: OnnxBackend,
    embedding: SpeechEmbedding,
    graph: Uint8Array,
    words: number,
  ): Promise<WordNetwork> {
    const network = await backend.create(graph);
    const [takes, gives] = [network.inputs[0].shape, network.outputs[0].shape];
    const labels = words + 2;
    if (takes.at(-1) !== WIDTH || gives.at(-1) !== labels) {
      throw new PolicyError(
        `words: the network takes [${takes}] and gives [${gives}], expected [1,steps,${WIDTH}] and [1,steps,${labels}]`,
      );
    }
    return new WordNetwork(backend, embedding, network, labels);
  }

  /** @param samples an utterance of 16 kHz, noise taken off; one after the other, in the order of the calls */
  hear(samples: Float32Array): Promise<LabelRows> {
    if (this.#closed) return Promise.reject(new PolicyError('words: closed'));
    const turn = this.#turn.then(() => this.#look(samples));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #look(samples: Float32Array): Promise<LabelRows> {
    this.#embedding.reset();
    const amidSilence = joined([new Float32Array(BEFORE * HOP), samples, new Float32Array(AFTER * HOP)]);
    const embedded = await this.#embedding.push(amidSilence);
    const row = joined(embedded.map(({ values }) => values));
    const input = this.#backend.tensor(row, [1, embedded.length, WIDTH]);
    const out = await this.#network.run({ [this.#network.inputs[0].name]: input });
    return { values: out[this.#network.outputs[0].name].data as Float32Array, labels: this.#labels };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#turn;
    await Promise.all([this.#embedding.close(), this.#network.release()]);
  }
}
