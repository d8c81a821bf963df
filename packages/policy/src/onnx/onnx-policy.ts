import {
  type ActionChunk,
  errorMessage,
  isStale,
  type Observation,
  type ObservationInput,
  type Policy,
  PolicyError,
  type PolicyInputSpec,
  type PolicySpec,
} from '@praxis/core';
import { EeDelta, REFERENCE_STREAM } from '../actions/action-space.ts';
import { BlockActions } from '../actions/block-actions.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type EncoderCounters, EncoderInstance } from './encoder.ts';
import { ExclusiveInference } from './exclusive.ts';
import { type Gates, gatesOf } from './gates.ts';
import type { PolicyParts } from './load.ts';
import { type OnnxFeeds, type OnnxSession, type OnnxTensor, zeroTensors } from './session.ts';

/** Stands for the state of the tool where the actions need none. */
const NO_STATE = new Float64Array(0);

/** An action chunk with the gates of each encoder instance. `gates` has their mean by modality. */
export type OnnxActionChunk = ActionChunk & Gates;

const inputSpecs = (manifest: Manifest): PolicyInputSpec[] => {
  const specs = new Map<string, PolicyInputSpec>();
  for (const { modality, input } of manifest.encoders) {
    const { stream, dtype, shape, unit, frame, rateHz, names, maximumAge, window } = input;
    const spec = { name: stream, modality, dtype, shape, unit, frame, rateHz, maximumAge, window };
    specs.set(stream, names ? { ...spec, names } : spec);
  }
  return [...specs.values()];
};

/**
 * A policy of ONNX graphs: one encoder for each input, which runs only for new samples, and a fusion of the present inputs.
 * The manifest defines the encoders. Use {@link loadPolicy} to make one.
 */
export class OnnxPolicy implements Policy {
  /** Inputs by stream, horizon and periods (s), as the manifest gives them. */
  readonly spec: PolicySpec;
  /** The manifest that the policy was loaded from. */
  readonly manifest: Manifest;
  readonly #encoders: readonly EncoderInstance[];
  /** For each encoder: its outputs and the fusion inputs that they feed. */
  readonly #connections: readonly (readonly (readonly [output: string, feed: string])[])[];
  readonly #cameras: readonly string[];
  readonly #sessions: readonly OnnxSession[];
  readonly #fusion: OnnxSession;
  readonly #outputs: OnnxFeeds;
  readonly #feeds: Record<string, OnnxTensor> = {};
  readonly #present: Float32Array;
  readonly #action: EeDelta | BlockActions;
  /** Largest age of the pose that displacements count from (s). */
  readonly #maximumAge: number;
  readonly #timings: Record<string, number> = {};
  readonly #exclusive: ExclusiveInference<OnnxActionChunk>;

  /** @internal {@link loadPolicy} makes one. */
  constructor({ manifest, backend, sessions, processors }: PolicyParts) {
    const { name, robots = [], action, encoders, fusion } = manifest;
    const { horizon, period, inferencePeriod } = action;
    this.manifest = manifest;
    const timing = { horizon, actionPeriod: period, inferencePeriod };
    this.#action = action.space === 'ee_delta' ? new EeDelta(action) : new BlockActions(action.blocks, horizon);
    this.spec = { name, inputs: inputSpecs(manifest), actions: this.#action.specs, ...timing, robots };
    this.#encoders = encoders.map(
      (each) => new EncoderInstance(each, sessions.get(each.file)!, processors.get(each.name)!, backend),
    );
    const fed = new Set(fusion.inputs.map((input) => input.name));
    this.#connections = encoders.map(({ name, outputs }) =>
      outputs.map((output) => [output.name, `${name}.${output.name}`] as const).filter(([, feed]) => fed.has(feed)),
    );
    this.#cameras = encoders.filter((each) => each.input.processor.type === 'image').map((each) => each.name);
    this.#sessions = [...sessions.values()];
    this.#fusion = sessions.get(fusion.file)!;
    this.#outputs = zeroTensors(fusion.outputs, backend);
    this.#present = new Float32Array(encoders.length);
    this.#feeds.present = backend.tensor(this.#present, [1, encoders.length]);
    const reference = encoders.find((each) => each.input.stream === REFERENCE_STREAM);
    this.#maximumAge = reference?.input.maximumAge ?? Number.POSITIVE_INFINITY;
    this.#exclusive = new ExclusiveInference(name);
    for (const part of [...encoders.map((each) => each.name), 'fusion', 'total']) this.#timings[part] = 0;
  }

  /** Durations in the last inference (ms), by encoder instance, `fusion` and `total`. */
  get timings(): Readonly<Record<string, number>> {
    return this.#timings;
  }

  /** Counters by encoder instance, since the policy was loaded. */
  get counters(): Readonly<Record<string, EncoderCounters>> {
    return Object.fromEntries(this.#encoders.map((each) => [each.manifest.name, { ...each.counters }]));
  }

  /**
   * Computes the chunk for an observation. Callers must await each chunk before the next call.
   * @throws {PolicyError} when the observation does not fit, another inference runs, or a gate or grounded position is not finite.
   */
  infer(observation: Observation): Promise<OnnxActionChunk> {
    return this.#exclusive.run(() => this.#infer(observation));
  }

  reset(): void {
    for (const encoder of this.#encoders) encoder.reset();
  }

  /** Waits for a running inference and frees the graphs. It is safe to call twice. */
  close(): Promise<void> {
    return this.#exclusive.close(async () => {
      for (const session of this.#sessions) await session.release();
    });
  }

  async #infer(observation: Observation): Promise<OnnxActionChunk> {
    const start = performance.now();
    const state = this.#action.needsReference ? this.#referencePose(observation) : NO_STATE;
    let from = start;
    for (const [i, encoder] of this.#encoders.entries()) {
      const given = this.#input(observation, encoder.manifest.input.stream);
      this.#present[i] = given.present ? 1 : 0;
      const tokens = await encoder.encode(given);
      for (const [output, feed] of this.#connections[i]) this.#feeds[feed] = tokens[output];
      const now = performance.now();
      this.#timings[encoder.manifest.name] = now - from;
      from = now;
    }
    const outputs = await this.#fuse();
    const end = performance.now();
    this.#timings.fusion = end - from;
    this.#timings.total = end - start;
    return this.#makeChunk(observation.stamp, state, outputs);
  }

  #input(observation: Observation, stream: string): ObservationInput {
    const input = observation.inputs.get(stream);
    if (!input) throw new PolicyError(`policy ${this.spec.name}: the observation has no input ${stream}`);
    return input;
  }

  /** Returns the tool's pose, which is the reference of the actions even when the encoder of the joints is masked. */
  #referencePose(observation: Observation): Float64Array {
    const { samples, age: inputAge, spec } = this.#input(observation, REFERENCE_STREAM);
    const limit = this.#maximumAge;
    const { state, age } = observation.reference ?? { state: samples.at(-1), age: inputAge };
    if (!(state instanceof Float64Array) || state.length !== 8) {
      const given = state instanceof Float64Array ? `${state.length} numbers` : typeof state;
      throw new PolicyError(`policy ${this.spec.name}: ${spec.name} is ${given}, expected a Float64Array of 8`);
    }
    if (isStale(age, limit)) {
      throw new PolicyError(`policy ${this.spec.name}: ${spec.name} is ${age} s old, expected at most ${limit} s`);
    }
    if (!state.every(Number.isFinite)) {
      throw new PolicyError(`policy ${this.spec.name}: ${spec.name} is [${state}], expected finite numbers`);
    }
    return state;
  }

  async #fuse(): Promise<OnnxFeeds> {
    try {
      return await this.#fusion.run(this.#feeds, this.#outputs);
    } catch (error) {
      const why = errorMessage(error);
      throw new PolicyError(`policy ${this.spec.name}: fusion failed: ${why}`, { cause: error });
    }
  }

  #output(outputs: OnnxFeeds, name: string): Float32Array {
    const data = outputs[name].data as Float32Array;
    const wrong = data.findIndex((value) => !Number.isFinite(value));
    if (wrong < 0) return data;
    throw new PolicyError(`policy ${this.spec.name}: ${name}[${wrong}] is ${data[wrong]}, expected a finite number`);
  }

  #makeChunk(stamp: number, state: Float64Array, outputs: OnnxFeeds): OnnxActionChunk {
    const { horizon, actionPeriod: period } = this.spec;
    // The loop checks the blocks. The conversion keeps numbers that are not finite, so that the check finds them.
    const blocks = this.#action.decode(outputs.actions.data as Float32Array, state);
    const counted = gatesOf(this.manifest.encoders, this.#output(outputs, 'gates'), this.#present);
    const chunk = { stamp, period, horizon, blocks, ...counted };
    if (!outputs.grounding) return chunk;
    const places = this.#output(outputs, 'grounding');
    const grounding = this.#cameras.map((camera, i) => {
      return [camera, { x: places[3 * i], y: places[3 * i + 1], confidence: places[3 * i + 2] }] as const;
    });
    return { ...chunk, grounding: Object.fromEntries(grounding) };
  }
}
