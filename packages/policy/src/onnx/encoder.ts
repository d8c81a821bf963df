import { errorMessage, type Observation, type ObservationInput, PolicyError } from '@praxis/core';
import { absentStream, feedsOf, type GraphInput, observed } from './graph-inputs.ts';
import { type NumberTensor, type OnnxBackend, type OnnxFeeds, type OnnxSession, zeroTensors } from './session.ts';

/** Number of inferences of an encoder, by the source of its tokens. */
export interface EncoderCounters {
  /** Inferences in which the graph ran. */
  readonly runs: number;
  /** Inferences that reused the tokens, because the samples were unchanged. */
  readonly reused: number;
  /** Inferences without a sample, or with a stale or masked one. */
  readonly absent: number;
}

/** An encoder with its graph. */
export interface EncoderParts {
  /** Name of the instance. */
  readonly name: string;
  readonly modality: string;
  readonly session: OnnxSession;
  readonly inputs: readonly GraphInput[];
  /** The tokens. */
  readonly outputs: readonly NumberTensor[];
  /** What happens while one of its streams is absent: its tokens are zeros, or the policy gives no actions. */
  readonly absent: 'mask' | 'refuse';
}

/** One encoder of a policy. It caches the tokens of its last samples. */
export class EncoderInstance {
  readonly name: string;
  readonly modality: string;
  readonly outputs: readonly NumberTensor[];
  readonly counters = { runs: 0, reused: 0, absent: 0 };
  readonly #parts: EncoderParts;
  readonly #feeds: OnnxFeeds;
  readonly #zeros: OnnxFeeds;
  readonly #outputs: OnnxFeeds;
  #tokens: OnnxFeeds;
  /** Stamps of the newest samples of all streams that the tokens come from; NaN for none. */
  readonly #stamps: Float64Array;
  /** Stamps of the newest samples of all streams. */
  readonly #newStamps: Float64Array;
  #resets = 0;
  #isPresent = false;

  constructor(parts: EncoderParts, backend: OnnxBackend) {
    const { name, modality, inputs, outputs } = parts;
    this.name = name;
    this.modality = modality;
    this.outputs = outputs;
    this.#parts = parts;
    this.#feeds = feedsOf(inputs, backend);
    this.#zeros = zeroTensors(outputs, backend);
    this.#outputs = zeroTensors(outputs, backend);
    this.#tokens = this.#zeros;
    this.#stamps = new Float64Array(inputs.reduce((sum, { tensor }) => sum + tensor.streams.length, 0)).fill(
      Number.NaN,
    );
    this.#newStamps = this.#stamps.slice();
  }

  /** False if an input was absent in the last observation. */
  get isPresent(): boolean {
    return this.#isPresent;
  }

  /**
   * Returns the tokens of the newest samples by output name, or zeros when a stream is absent. The graph runs only when the stamp of a
   * sample has changed. The result is valid until the next call.
   * @throws {PolicyError} when a sample does not fit the manifest, a stream is absent that the policy cannot do without, or the graph fails
   */
  async encode(observation: Observation): Promise<OnnxFeeds> {
    const { name, inputs, session } = this.#parts;
    const given = inputs.map((input) => observed(input, observation));
    this.#isPresent = this.#check(given);
    if (!this.#isPresent) {
      this.counters.absent++;
      return this.#zeros;
    }
    if (!this.#hasNewStamp(given)) {
      this.counters.reused++;
      return this.#tokens;
    }
    this.#stamps.fill(Number.NaN);
    const resets = this.#resets;
    for (let i = 0; i < inputs.length; i++) inputs[i].tensor.write(given[i].map(({ samples }) => samples));
    try {
      this.#tokens = await session.run(this.#feeds, this.#outputs);
    } catch (error) {
      throw new PolicyError(`encoder ${name} failed: ${errorMessage(error)}`, { cause: error });
    }
    // A reset during the run starts another episode, in which an equal stamp belongs to another sample.
    if (resets === this.#resets) this.#stamps.set(this.#newStamps);
    this.counters.runs++;
    return this.#tokens;
  }

  /** Discards the cached tokens. */
  reset(): void {
    this.#resets++;
    this.#stamps.fill(Number.NaN);
    this.#tokens = this.#zeros;
  }

  /** Reads the stamps of the newest samples. True if one of them is another than that of the tokens. */
  #hasNewStamp(given: readonly (readonly ObservationInput[])[]): boolean {
    let count = 0;
    let isNew = false;
    for (const streams of given) {
      for (const { stamp } of streams) {
        this.#newStamps[count] = stamp;
        if (stamp !== this.#stamps[count++]) isNew = true;
      }
    }
    return isNew;
  }

  /** True if all streams have samples. */
  #check(given: readonly (readonly ObservationInput[])[]): boolean {
    const { inputs, absent } = this.#parts;
    for (const [i, input] of inputs.entries()) {
      const stream = absentStream(input, given[i]);
      if (stream === undefined) continue;
      if (absent === 'refuse') throw new PolicyError(`${input.where}: ${stream} is missing, too old or masked`);
      return false;
    }
    return true;
  }
}
