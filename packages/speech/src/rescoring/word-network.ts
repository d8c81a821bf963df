import { PolicyError } from '@praxis/core';
import { concatenate } from '../audio/audio.ts';
import { HOP_SAMPLES, type SpeechEmbedder } from '../embedding/speech-embedder.ts';
import type { LabelPosteriors } from './ctc.ts';
import type { WordLabeller } from './word-labeller.ts';

/** Hops of silence before the utterance: the network needs the context of the first word. */
const LEADING_SILENCE_HOPS = 5;
/** Hops of silence after the utterance: the network reports a word, above all a short one, after its context. */
const TRAILING_SILENCE_HOPS = 8;

/** Labels the steps (80 ms) of an utterance with words, by Google's speech embedding. */
export class WordNetwork {
  readonly #embedder: SpeechEmbedder;
  readonly #labeller: WordLabeller;
  #lastCall: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** Takes ownership of both and closes them. */
  constructor(embedder: SpeechEmbedder, labeller: WordLabeller) {
    this.#embedder = embedder;
    this.#labeller = labeller;
  }

  /** The words with labels, in the order of their labels. */
  get words(): readonly string[] {
    return this.#labeller.words;
  }

  /**
   * Calls run one after another, in their order.
   * @param samples an utterance of 16 kHz, after noise suppression
   * @throws {PolicyError} after `close`
   */
  labelSpeech(samples: Float32Array): Promise<LabelPosteriors> {
    if (this.#closed) return Promise.reject(new PolicyError('words: closed'));
    const pending = this.#lastCall.then(() => this.#embedAndLabel(samples));
    this.#lastCall = pending.catch(() => {});
    return pending;
  }

  async #embedAndLabel(samples: Float32Array): Promise<LabelPosteriors> {
    this.#embedder.reset();
    const padded = concatenate([
      new Float32Array(LEADING_SILENCE_HOPS * HOP_SAMPLES),
      samples,
      new Float32Array(TRAILING_SILENCE_HOPS * HOP_SAMPLES),
    ]);
    const embedded = await this.#embedder.embed(padded);
    return this.#labeller.label(embedded.map(({ values }) => values));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#lastCall;
    await Promise.all([this.#embedder.close(), this.#labeller.close()]);
  }
}
