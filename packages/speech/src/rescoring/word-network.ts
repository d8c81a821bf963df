import { PolicyError } from '@praxis/core';
import { joined } from '../audio/audio.ts';
import { HOP, type SpeechEmbedding } from '../embedding/speech-embedding.ts';
import type { LabelRows } from './ctc.ts';
import type { WordLabels } from './word-labels.ts';

/** Embeddings of silence before and after the sound: a word, above all a short one, is known when what is around it has been seen. */
const BEFORE = 5;
const AFTER = 8;

/** Which words sound through an utterance at each step of 80 ms, by Google's speech embedding. */
export class WordNetwork {
  readonly #embedding: SpeechEmbedding;
  readonly #labels: WordLabels;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @param embedding of its own; it closes both */
  constructor(embedding: SpeechEmbedding, labels: WordLabels) {
    this.#embedding = embedding;
    this.#labels = labels;
  }

  /** Those that have labels, in their order. */
  get words(): readonly string[] {
    return this.#labels.words;
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
    return this.#labels.of(embedded.map(({ values }) => values));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#turn;
    await Promise.all([this.#embedding.close(), this.#labels.close()]);
  }
}
