import { errorMessage, type ObservationInput, PolicyError } from '@praxis/core';
import type { EncoderManifest } from '../manifest/manifest.ts';
import type { Processor } from '../processors/processor.ts';
import { type OnnxBackend, type OnnxFeeds, type OnnxSession, zeroTensors } from './session.ts';

/** Number of inferences of an encoder, by the source of its tokens. */
export interface EncoderCounters {
  /** Inferences in which the graph ran. */
  readonly runs: number;
  /** Inferences that reused the tokens, because the sample was unchanged. */
  readonly reused: number;
  /** Inferences without a sample, or with a stale or masked one. */
  readonly absent: number;
}

/** One encoder of a policy. It caches the tokens of its last sample. */
export class EncoderInstance {
  readonly manifest: EncoderManifest;
  readonly counters = { runs: 0, reused: 0, absent: 0 };
  readonly #session: OnnxSession;
  readonly #processor: Processor;
  readonly #feeds: OnnxFeeds;
  readonly #zeros: OnnxFeeds;
  readonly #outputs: OnnxFeeds;
  #tokens: OnnxFeeds;
  #stamp = Number.NaN;
  #resets = 0;

  constructor(manifest: EncoderManifest, session: OnnxSession, processor: Processor, backend: OnnxBackend) {
    this.manifest = manifest;
    this.#session = session;
    this.#processor = processor;
    this.#feeds = { [manifest.input.name]: backend.tensor(processor.data, processor.shape) };
    this.#zeros = zeroTensors(manifest.outputs, backend);
    this.#outputs = zeroTensors(manifest.outputs, backend);
    this.#tokens = this.#zeros;
  }

  /**
   * Returns the tokens of the input's newest sample by output name, or zeros when it is absent. The graph runs only when the
   * sample's stamp has changed. The result is valid until the next call.
   * @throws {PolicyError} when the sample does not fit the manifest, or the graph fails.
   */
  async encode(input: ObservationInput): Promise<OnnxFeeds> {
    if (!input.present) {
      this.counters.absent++;
      return this.#zeros;
    }
    if (input.stamp === this.#stamp) {
      this.counters.reused++;
      return this.#tokens;
    }
    const { name, input: declared } = this.manifest;
    if (input.samples.length === 0) throw new PolicyError(`encoder ${name}: ${declared.stream} is present but empty`);
    this.#stamp = Number.NaN;
    const resets = this.#resets;
    this.#processor.write(input.samples);
    try {
      this.#tokens = await this.#session.run(this.#feeds, this.#outputs);
    } catch (error) {
      throw new PolicyError(`encoder ${name} failed: ${errorMessage(error)}`, {
        cause: error,
      });
    }
    // A reset during the run starts another episode, in which an equal stamp belongs to another sample.
    if (resets === this.#resets) this.#stamp = input.stamp;
    this.counters.runs++;
    return this.#tokens;
  }

  /** Discards the cached tokens. */
  reset(): void {
    this.#resets++;
    this.#stamp = Number.NaN;
    this.#tokens = this.#zeros;
  }
}
