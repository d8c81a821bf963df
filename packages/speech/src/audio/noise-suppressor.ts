import createRnnoise, { type Rnnoise } from '@jitsi/rnnoise-wasm/dist/rnnoise-sync.js';
import { concatenate, SPEECH_SAMPLE_RATE_HZ } from './audio.ts';
import { Resampler } from './resample.ts';

/** RNNoise accepts this rate only. */
const RNNOISE_SAMPLE_RATE_HZ = 48_000;
/** Frame of RNNoise: 10 ms. */
const RNNOISE_FRAME_SAMPLES = 480;
const FLOAT32_BYTES = 4;
/** Delay of the output (s): the look-ahead and overlap of RNNoise. */
export const SUPPRESSOR_DELAY_S = 0.02;
/** Full scale of the samples of RNNoise. */
const INT16_FULL_SCALE = 32_768;

/**
 * Suppresses noise in a stream of speech with RNNoise (Valin, "A hybrid DSP/deep learning approach to real-time full-band speech
 * enhancement", MMSP 2018), compiled to WebAssembly and placed between two resamplers. It attenuates room noise by 10 dB or more,
 * and the voice-like whine of a drive by 4 dB. Each stream needs its own instance of 16 MB.
 *
 * @example
 * const denoised = new NoiseSuppressor().denoise(samples); // 16 kHz
 */
export class NoiseSuppressor {
  readonly #rnnoise: Rnnoise = createRnnoise();
  readonly #state = this.#rnnoise._rnnoise_create(0);
  /** Address of the frame that RNNoise processes in place. */
  readonly #frameAddress = this.#rnnoise._malloc(RNNOISE_FRAME_SAMPLES * FLOAT32_BYTES);
  readonly #upsampler = new Resampler(SPEECH_SAMPLE_RATE_HZ, RNNOISE_SAMPLE_RATE_HZ);
  readonly #downsampler = new Resampler(RNNOISE_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ);
  #pendingSamples: Float32Array = new Float32Array(0);

  /**
   * @param samples 16 kHz, any number of them
   * @returns the samples that are ready; the delay is 20 to 30 ms
   */
  denoise(samples: Float32Array): Float32Array {
    const all = concatenate([this.#pendingSamples, this.#upsampler.resampleBlock(samples)]);
    const used = all.length - (all.length % RNNOISE_FRAME_SAMPLES);
    for (let at = 0; at < used; at += RNNOISE_FRAME_SAMPLES)
      this.#denoiseFrame(all.subarray(at, at + RNNOISE_FRAME_SAMPLES));
    this.#pendingSamples = all.slice(used);
    return this.#downsampler.resampleBlock(all.subarray(0, used));
  }

  #denoiseFrame(frame: Float32Array): void {
    const at = this.#frameAddress / FLOAT32_BYTES;
    const memory = this.#rnnoise.HEAPF32.subarray(at, at + RNNOISE_FRAME_SAMPLES);
    for (let i = 0; i < RNNOISE_FRAME_SAMPLES; i++) memory[i] = frame[i] * INT16_FULL_SCALE;
    this.#rnnoise._rnnoise_process_frame(this.#state, this.#frameAddress, this.#frameAddress);
    for (let i = 0; i < RNNOISE_FRAME_SAMPLES; i++) frame[i] = memory[i] / INT16_FULL_SCALE;
  }
}
