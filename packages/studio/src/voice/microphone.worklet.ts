/** Of AudioWorkletGlobalScope, which TypeScript's libraries leave out. */
declare const sampleRate: number;
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** One channel for about 30 ms. */
export interface AudioBlock {
  readonly samples: Float32Array;
  /** Of the first sample, on the audio context's clock (s). */
  readonly time: number;
}

/** Samples that the browser hands over at once. */
const RENDER_QUANTUM_SAMPLES = 128;

/** Gathers what the microphone gives into pieces; the page's thread gets one of them where it would get a dozen quanta. */
class BlockProcessor extends AudioWorkletProcessor {
  readonly #length = RENDER_QUANTUM_SAMPLES * Math.ceil((0.03 * sampleRate) / RENDER_QUANTUM_SAMPLES);
  #samples = new Float32Array(this.#length);
  #filled = 0;

  process([[channel]]: readonly (readonly Float32Array[])[]): boolean {
    // No channel: nothing is connected yet, or no longer.
    if (!channel) return true;
    this.#samples.set(channel, this.#filled);
    this.#filled += channel.length;
    if (this.#filled >= this.#length) {
      const time = currentTime - (this.#filled - channel.length) / sampleRate;
      this.port.postMessage({ samples: this.#samples, time } satisfies AudioBlock, [this.#samples.buffer]);
      this.#samples = new Float32Array(this.#length);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('audio-block', BlockProcessor);
