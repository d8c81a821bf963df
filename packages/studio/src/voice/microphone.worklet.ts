/** Members of `AudioWorkletGlobalScope`; TypeScript's libraries do not declare them. */
declare const sampleRate: number;
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** About 30 ms of one channel. */
export interface AudioBlock {
  readonly samples: Float32Array;
  /** Time of the first sample on the audio context's clock (s). */
  readonly time: number;
}

/** Samples in one call of `process` (Web Audio's render quantum). */
const RENDER_QUANTUM_SAMPLES = 128;

/** Collects render quanta into blocks, so that the page's thread gets one message in place of a dozen. */
class BlockProcessor extends AudioWorkletProcessor {
  readonly #length = RENDER_QUANTUM_SAMPLES * Math.ceil((0.03 * sampleRate) / RENDER_QUANTUM_SAMPLES);
  #samples = new Float32Array(this.#length);
  #filled = 0;

  process([[channel]]: readonly (readonly Float32Array[])[]): boolean {
    // There is no channel before the microphone is connected and after it is disconnected.
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
