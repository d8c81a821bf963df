import { PolicyError } from '@praxis/core';
import type { OnnxBackend, OnnxSession } from '@praxis/policy';

/** Frame of the detector: 32 ms at 16 kHz. */
export const VAD_FRAME_SAMPLES = 512;
/** Samples of the previous frame that the network reads before each frame. */
const CONTEXT_SAMPLES = 64;

/**
 * Detects voice activity with Silero VAD. The network is recurrent: each stream needs its own instance, which takes frames in
 * order, one call at a time.
 */
export class SileroVad {
  readonly #backend: OnnxBackend;
  readonly #session: OnnxSession;
  /** The end of the previous frame, then the current frame. */
  readonly #input = new Float32Array(CONTEXT_SAMPLES + VAD_FRAME_SAMPLES);
  #state: Float32Array = new Float32Array(2 * 128);
  readonly #sampleRateHz = BigInt64Array.of(16_000n);

  private constructor(backend: OnnxBackend, session: OnnxSession) {
    this.#backend = backend;
    this.#session = session;
  }

  /** @param weights bytes of `weights/voice-activity/silero-vad.onnx` */
  static async load(backend: OnnxBackend, weights: Uint8Array): Promise<SileroVad> {
    return new SileroVad(backend, await backend.create(weights));
  }

  /**
   * @param frame 512 samples at 16 kHz
   * @returns probability of speech, 0..1
   * @throws {PolicyError} on a frame of another length
   */
  async speechProbability(frame: Float32Array): Promise<number> {
    if (frame.length !== VAD_FRAME_SAMPLES)
      throw new PolicyError(`voice activity: a frame of ${frame.length} samples, expected ${VAD_FRAME_SAMPLES}`);
    this.#input.copyWithin(0, VAD_FRAME_SAMPLES);
    this.#input.set(frame, CONTEXT_SAMPLES);
    const out = await this.#session.run({
      input: this.#backend.tensor(this.#input, [1, this.#input.length]),
      state: this.#backend.tensor(this.#state, [2, 1, 128]),
      sr: this.#backend.tensor(this.#sampleRateHz, []),
    });
    const [probability, state] = this.#session.outputs.map(({ name }) => out[name].data as Float32Array);
    this.#state = state;
    return probability[0];
  }

  /** Returns to the state before the first frame. */
  reset(): void {
    this.#state = new Float32Array(2 * 128);
    this.#input.fill(0);
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}
