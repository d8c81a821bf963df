import { PolicyError } from '@praxis/core';
import { concatenate } from '../audio/audio.ts';
import { HOP_SAMPLES, type SpeechEmbedder } from '../embedding/speech-embedder.ts';
import type { LabelPosteriors } from './ctc.ts';
import type { WordLabeller } from './word-labeller.ts';

/** Embeddings of silence before and after the sound: a word, above all a short one, is known when what is around it has been seen. */
const LEADING_SILENCE_HOPS = 5;
const TRAILING_SILENCE_HOPS = 8;

/** Which words sound through an utterance at each step of 80 ms, by Google's speech embedding. */
export class WordNetwork {
  readonly #embedder: SpeechEmbedder;
  readonly #labeller: WordLabeller;
  #lastCall: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @param embedder of its own; it closes both */
  constructor(embedder: SpeechEmbedder, labels: WordLabeller) {
    this.#embedder = embedder;
    this.#labeller = labels;
  }

  /** Those that have labels, in their order. */
  get words(): readonly string[] {
    return this.#labeller.words;
  }

  /** @param samples an utterance of 16 kHz, noise taken off; one after the other, in the order of the calls */
  labelSpeech(samples: Float32Array): Promise<LabelPosteriors> {
    if (this.#closed) return Promise.reject(new PolicyError('words: closed'));
    const pending = this.#lastCall.then(() => this.#embedAndLabel(samples));
    this.#lastCall = pending.catch(() => {});
    return pending;
  }

  async #embedAndLabel(samples: Float32Array): Promise<LabelPosteriors> {
    this.#embedder.reset();
    const amidSilence = concatenate([
      new Float32Array(LEADING_SILENCE_HOPS * HOP_SAMPLES),
      samples,
      new Float32Array(TRAILING_SILENCE_HOPS * HOP_SAMPLES),
    ]);
    const embedded = await this.#embedder.embed(amidSilence);
    return this.#labeller.label(embedded.map(({ values }) => values));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#lastCall;
    await Promise.all([this.#embedder.close(), this.#labeller.close()]);
  }
}
