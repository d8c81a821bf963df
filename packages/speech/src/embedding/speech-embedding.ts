import type { OnnxBackend, OnnxSession, OnnxTensor } from '@praxis/policy';
import { SPEECH_RATE } from '../audio/audio.ts';

/** Samples that one embedding sees: 76 frames of a mel spectrum, 0.782 s at 16 kHz. */
export const WINDOW = 75 * 160 + 512;
/** Samples from one embedding to the next: 80 ms. */
export const HOP = 1280;
/** Numbers in an embedding. */
export const WIDTH = 96;

/** What was heard in the {@link WINDOW} that ended at a time. */
export interface Embedded {
  /** {@link WIDTH} numbers. */
  readonly values: Float32Array;
  /** End of what it saw (s from the first sample that was pushed). */
  readonly end: number;
}

/**
 * Sound that goes on as a row of embeddings, one each 80 ms: Google's speech embedding (Lin et al., "Training Keyword Spotters
 * with Limited and Synthesized Speech Data", ICASSP 2020), which was trained to tell words apart in the speech of many people.
 * Before the first sample there was silence. One for each stream; one push at a time.
 */
export class SpeechEmbedding {
  readonly #session: OnnxSession;
  readonly #window = new Float32Array(WINDOW);
  readonly #input: OnnxTensor;
  /** Samples of the next hop that have come. */
  #filled = 0;
  #count = 0;

  private constructor(backend: OnnxBackend, session: OnnxSession) {
    this.#session = session;
    this.#input = backend.tensor(this.#window, [1, WINDOW]);
  }

  /** @param graph bytes of `speech-embedding.onnx` */
  static async load(backend: OnnxBackend, graph: Uint8Array): Promise<SpeechEmbedding> {
    return new SpeechEmbedding(backend, await backend.create(graph));
  }

  /** @param samples 16 kHz, any number of them. @returns those that are complete now */
  async push(samples: Float32Array): Promise<readonly Embedded[]> {
    const found: Embedded[] = [];
    for (let at = 0; at < samples.length; ) {
      const taken = samples.subarray(at, at + HOP - this.#filled);
      this.#window.copyWithin(0, taken.length);
      this.#window.set(taken, WINDOW - taken.length);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled < HOP) break;
      this.#filled = 0;
      this.#count++;
      const out = await this.#session.run({ [this.#session.inputs[0].name]: this.#input });
      const values = out[this.#session.outputs[0].name].data as Float32Array;
      found.push({ values: values.slice(), end: (this.#count * HOP) / SPEECH_RATE });
    }
    return found;
  }

  /** Samples that complete the next one. */
  get missing(): number {
    return HOP - this.#filled;
  }

  /** What would be heard if nothing but silence followed: so many embeddings, and nothing of it is remembered. */
  async beforeSilence(count: number): Promise<readonly Float32Array[]> {
    const [window, filled, heard] = [this.#window.slice(), this.#filled, this.#count];
    try {
      const found = await this.push(new Float32Array(count * HOP));
      return found.map(({ values }) => values);
    } finally {
      this.#window.set(window);
      [this.#filled, this.#count] = [filled, heard];
    }
  }

  /** As if nothing had been heard yet. */
  reset(): void {
    this.#window.fill(0);
    this.#filled = 0;
    this.#count = 0;
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}
