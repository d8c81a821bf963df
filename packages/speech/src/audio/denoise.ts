import createRnnoise, { type Rnnoise } from '@jitsi/rnnoise-wasm/dist/rnnoise-sync.js';
import { joined, SPEECH_RATE } from './audio.ts';
import { Resampler } from './resample.ts';

/** RNNoise's own rate and frame: 10 ms. */
const RATE = 48_000;
const FRAME = 480;
const BYTES = 4;
/** By how much sound is late in what comes out (s): what RNNoise looks ahead and overlaps. */
export const SUPPRESSOR_DELAY = 0.02;
/** What RNNoise takes for full scale. */
const FULL_SCALE = 32_768;

/**
 * Takes noise off speech as it comes: RNNoise (Valin, "A hybrid DSP/deep learning approach to real-time full-band speech
 * enhancement", MMSP 2018), compiled to WebAssembly, between two changes of rate. Hiss and hum of a room go down by 10 dB and
 * more, the whine of a drive, which sounds like a voice, by 4. One for each stream; 16 MB each.
 */
export class NoiseSuppressor {
  readonly #program: Rnnoise = createRnnoise();
  readonly #state = this.#program._rnnoise_create(0);
  /** Address of a frame, which is worked on in place. */
  readonly #frame = this.#program._malloc(FRAME * BYTES);
  readonly #up = new Resampler(SPEECH_RATE, RATE);
  readonly #down = new Resampler(RATE, SPEECH_RATE);
  #waiting: Float32Array = new Float32Array(0);

  /**
   * @param samples 16 kHz, any number of them
   * @returns what is ready: samples come out 20 to 30 ms later than they went in
   */
  push(samples: Float32Array): Float32Array {
    const all = joined([this.#waiting, this.#up.push(samples)]);
    const used = all.length - (all.length % FRAME);
    for (let at = 0; at < used; at += FRAME) this.#process(all.subarray(at, at + FRAME));
    this.#waiting = all.slice(used);
    return this.#down.push(all.subarray(0, used));
  }

  #process(frame: Float32Array): void {
    const at = this.#frame / BYTES;
    const there = this.#program.HEAPF32.subarray(at, at + FRAME);
    for (let i = 0; i < FRAME; i++) there[i] = frame[i] * FULL_SCALE;
    this.#program._rnnoise_process_frame(this.#state, this.#frame, this.#frame);
    for (let i = 0; i < FRAME; i++) frame[i] = there[i] / FULL_SCALE;
  }
}
