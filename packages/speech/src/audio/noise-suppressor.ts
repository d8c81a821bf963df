import createRnnoise, { type Rnnoise } from '@jitsi/rnnoise-wasm/dist/rnnoise-sync.js';
import { concatenate, SPEECH_SAMPLE_RATE_HZ } from './audio.ts';
import { Resampler } from './resample.ts';

/** RNNoise's own rate and frame: 10 ms. */
const RNNOISE_SAMPLE_RATE_HZ = 48_000;
const RNNOISE_FRAME_SAMPLES = 480;
const FLOAT32_BYTES = 4;
/** By how much sound is late in what comes out (s): what RNNoise looks ahead and overlaps. */
export const SUPPRESSOR_DELAY_S = 0.02;
/** What RNNoise takes for full scale. */
const INT16_FULL_SCALE = 32_768;

/**
 * Takes noise off speech as it comes: RNNoise (Valin, "A hybrid DSP/deep learning approach to real-time full-band speech
 * enhancement", MMSP 2018), compiled to WebAssembly, between two changes of rate. Hiss and hum of a room go down by 10 dB and
 * more, the whine of a drive, which sounds like a voice, by 4. One for each stream; 16 MB each.
 */
export class NoiseSuppressor {
  readonly #rnnoise: Rnnoise = createRnnoise();
  readonly #state = this.#rnnoise._rnnoise_create(0);
  /** Address of a frame, which is worked on in place. */
  readonly #frameAddress = this.#rnnoise._malloc(RNNOISE_FRAME_SAMPLES * FLOAT32_BYTES);
  readonly #upsampler = new Resampler(SPEECH_SAMPLE_RATE_HZ, RNNOISE_SAMPLE_RATE_HZ);
  readonly #downsampler = new Resampler(RNNOISE_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ);
  #pendingSamples: Float32Array = new Float32Array(0);

  /**
   * @param samples 16 kHz, any number of them
   * @returns what is ready: samples come out 20 to 30 ms later than they went in
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
    const there = this.#rnnoise.HEAPF32.subarray(at, at + RNNOISE_FRAME_SAMPLES);
    for (let i = 0; i < RNNOISE_FRAME_SAMPLES; i++) there[i] = frame[i] * INT16_FULL_SCALE;
    this.#rnnoise._rnnoise_process_frame(this.#state, this.#frameAddress, this.#frameAddress);
    for (let i = 0; i < RNNOISE_FRAME_SAMPLES; i++) frame[i] = there[i] / INT16_FULL_SCALE;
  }
}
