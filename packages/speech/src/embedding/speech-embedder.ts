import type { OnnxBackend, OnnxSession, OnnxTensor } from '@praxis/policy';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';

/** Input window of one embedding: 76 frames of a mel spectrum, 0.782 s at 16 kHz. */
export const WINDOW_SAMPLES = 75 * 160 + 512;
/** Samples between two embeddings: 80 ms. */
export const HOP_SAMPLES = 1280;
/** Length of an embedding. */
export const EMBEDDING_SIZE = 96;

/** The embedding of one window of sound (12512 samples). */
export interface TimedEmbedding {
  /** {@link EMBEDDING_SIZE} numbers. */
  readonly values: Float32Array;
  /** End of the window (s from the first sample of the stream). */
  readonly end: number;
}

/**
 * Converts a stream of audio to embeddings, one every 80 ms, with Google's speech embedding (Lin et al., "Training Keyword
 * Spotters with Limited and Synthesized Speech Data", ICASSP 2020), trained to distinguish words across many speakers.
 * Silence precedes the first sample. Each stream needs its own instance, which takes one call at a time.
 */
export class SpeechEmbedder {
  readonly #session: OnnxSession;
  readonly #window = new Float32Array(WINDOW_SAMPLES);
  readonly #input: OnnxTensor;
  /** Received samples of the next hop. */
  #hopFill = 0;
  #hopCount = 0;

  private constructor(backend: OnnxBackend, session: OnnxSession) {
    this.#session = session;
    this.#input = backend.tensor(this.#window, [1, WINDOW_SAMPLES]);
  }

  /** @param graph bytes of `speech-embedding.onnx` */
  static async load(backend: OnnxBackend, graph: Uint8Array): Promise<SpeechEmbedder> {
    return new SpeechEmbedder(backend, await backend.create(graph));
  }

  /** @param samples 16 kHz, any number of them. @returns the embeddings that they complete */
  async embed(samples: Float32Array): Promise<readonly TimedEmbedding[]> {
    const embeddings: TimedEmbedding[] = [];
    for (let at = 0; at < samples.length; ) {
      const chunk = samples.subarray(at, at + HOP_SAMPLES - this.#hopFill);
      this.#window.copyWithin(0, chunk.length);
      this.#window.set(chunk, WINDOW_SAMPLES - chunk.length);
      this.#hopFill += chunk.length;
      at += chunk.length;
      if (this.#hopFill < HOP_SAMPLES) break;
      this.#hopFill = 0;
      this.#hopCount++;
      const out = await this.#session.run({ [this.#session.inputs[0].name]: this.#input });
      const values = out[this.#session.outputs[0].name].data as Float32Array;
      embeddings.push({ values: values.slice(), end: (this.#hopCount * HOP_SAMPLES) / SPEECH_SAMPLE_RATE_HZ });
    }
    return embeddings;
  }

  /** Samples until the next embedding. */
  get samplesToNextHop(): number {
    return HOP_SAMPLES - this.#hopFill;
  }

  /** Computes `count` embeddings as if silence followed, and restores the state. */
  async embedTrailingSilence(count: number): Promise<readonly Float32Array[]> {
    const [window, hopFill, hopCount] = [this.#window.slice(), this.#hopFill, this.#hopCount];
    try {
      const embeddings = await this.embed(new Float32Array(count * HOP_SAMPLES));
      return embeddings.map(({ values }) => values);
    } finally {
      this.#window.set(window);
      [this.#hopFill, this.#hopCount] = [hopFill, hopCount];
    }
  }

  /** Returns to the state before the first sample. */
  reset(): void {
    this.#window.fill(0);
    this.#hopFill = 0;
    this.#hopCount = 0;
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}
