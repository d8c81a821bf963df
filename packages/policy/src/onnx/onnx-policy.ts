import {
  type ActionBlock,
  type ActionChunk,
  errorMessage,
  isStale,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
} from '@praxis/core';
import { posesFrom, REFERENCE_SIZE, REFERENCE_STREAM } from '../actions/action-space.ts';
import type { CommittedActionsInput } from '../actions/committed-actions.ts';
import type { OutputActions } from '../actions/output-actions.ts';
import { COMMITTED, COMMITTED_MASK } from '../manifest/committed-rules.ts';
import type { FusionManifest } from '../manifest/fusion-manifest.ts';
import { PRESENT, tokenName } from '../manifest/fusion-rules.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type EncoderCounters, EncoderInstance, type EncoderParts } from './encoder.ts';
import { ExclusiveInference } from './exclusive.ts';
import { type Gates, gatesOf } from './gates.ts';
import { Refusal, type RefusalLimits } from './refusal.ts';
import {
  type NumberTensor,
  numbersOfTensor,
  type OnnxBackend,
  type OnnxFeeds,
  type OnnxSession,
  type OnnxTensor,
  zeroTensors,
} from './session.ts';

/** An action chunk with the gates of each encoder instance. `gates` has their mean by modality. */
export type OnnxActionChunk = ActionChunk & Gates;

/** The graph that makes actions of tokens. */
export interface FusionParts {
  readonly session: OnnxSession;
  /** Inputs by name, each with what it gets: `present`, the output of an encoder, or the committed actions and their mask. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The outputs that are read. */
  readonly outputs: readonly NumberTensor[];
  /** Output with the weights of the encoders. */
  readonly gates: string | undefined;
  /** Output with the places of the named object in the images. */
  readonly grounding: string | undefined;
  /** Names of the encoders that have an image, in the order of that output. */
  readonly cameras: readonly string[];
  /** Confidences below which no camera sees what the instruction names, so that the policy refuses it; undefined: it refuses none. */
  readonly refusal: RefusalLimits | undefined;
}

/** Manifest, graphs and actions of a policy of encoders. */
export interface OnnxPolicyParts<M extends Manifest | FusionManifest> {
  readonly manifest: M;
  /** The inputs of a policy, as the loop binds them. */
  readonly inputs: PolicySpec['inputs'];
  readonly encoders: readonly EncoderParts[];
  readonly fusion: FusionParts;
  readonly actions: OutputActions;
  /**
   * Actions of the policy if it makes displacements of the tool absolute itself, as the first version does, and largest age of the pose
   * that they count from (s). Undefined: the actions of the outputs, which the control loop makes absolute.
   */
  readonly absolute: { readonly specs: PolicySpec['actions']; readonly maximumAge: number } | undefined;
  /** Input for the actions that the robot goes on to execute; undefined for a fusion that does not read them. */
  readonly committed: CommittedActionsInput | undefined;
  /** Every session once. */
  readonly sessions: readonly OnnxSession[];
  readonly backend: OnnxBackend;
}

/**
 * A policy of ONNX graphs: encoders, which run only for new samples, and a fusion of those that are present. The manifest of either
 * version defines them. Use {@link loadPolicy} to make one.
 */
export class OnnxPolicy<M extends Manifest | FusionManifest = Manifest | FusionManifest> implements Policy {
  /** Inputs by stream, horizon and periods (s), as the manifest gives them. */
  readonly spec: PolicySpec;
  /** The manifest that the policy was loaded from. */
  readonly manifest: M;
  readonly #encoders: readonly EncoderInstance[];
  /** For each encoder: its outputs and the fusion inputs that they feed. */
  readonly #connections: readonly (readonly (readonly [output: string, feed: string])[])[];
  readonly #sessions: readonly OnnxSession[];
  readonly #fusion: FusionParts;
  readonly #outputs: OnnxFeeds;
  readonly #feeds: Record<string, OnnxTensor> = {};
  readonly #present: Float32Array;
  readonly #actions: OutputActions;
  readonly #absolute: OnnxPolicyParts<M>['absolute'];
  readonly #committed: CommittedActionsInput | undefined;
  readonly #refusal: Refusal | undefined;
  readonly #timings: Record<string, number> = {};
  readonly #exclusive: ExclusiveInference<OnnxActionChunk>;

  /** @internal {@link loadPolicy} makes one. */
  constructor(parts: OnnxPolicyParts<M>) {
    const { manifest, inputs, encoders, fusion, actions, absolute, committed, sessions, backend } = parts;
    const { name, robots = [], action } = manifest;
    const { horizon, period, inferencePeriod } = action;
    this.manifest = manifest;
    this.#actions = actions;
    this.#absolute = absolute;
    const timing = { horizon, actionPeriod: period, inferencePeriod };
    const reads = committed && { committedRows: committed.rows };
    this.spec = { name, inputs, actions: absolute?.specs ?? actions.specs, ...timing, ...reads, robots };
    this.#committed = committed;
    if (fusion.refusal !== undefined) this.#refusal = new Refusal(fusion.refusal, inputs);
    this.#encoders = encoders.map((each) => new EncoderInstance(each, backend));
    this.#present = new Float32Array(encoders.length);
    const targets = new Map([...fusion.inputs].map(([feed, from]) => [from, feed]));
    this.#connections = encoders.map((encoder) =>
      encoder.outputs.flatMap((output) => {
        const feed = targets.get(tokenName(encoder, output));
        return feed === undefined ? [] : [[output.name, feed] as const];
      }),
    );
    const present = targets.get(PRESENT);
    if (present !== undefined) this.#feeds[present] = backend.tensor(this.#present, [1, encoders.length]);
    const [rows, mask] = [targets.get(COMMITTED), targets.get(COMMITTED_MASK)];
    if (committed && rows !== undefined && mask !== undefined) {
      this.#feeds[rows] = backend.tensor(committed.data, [1, committed.rows, committed.elements]);
      this.#feeds[mask] = backend.tensor(committed.mask, [1, committed.rows]);
    }
    this.#sessions = sessions;
    this.#fusion = fusion;
    this.#outputs = zeroTensors(fusion.outputs, backend);
    this.#exclusive = new ExclusiveInference(name);
    for (const part of [...encoders.map((each) => each.name), 'fusion', 'total']) this.#timings[part] = 0;
  }

  /** Durations in the last inference (ms), by encoder instance, `fusion` and `total`. */
  get timings(): Readonly<Record<string, number>> {
    return this.#timings;
  }

  /** Counters by encoder instance, since the policy was loaded. */
  get counters(): Readonly<Record<string, EncoderCounters>> {
    return Object.fromEntries(this.#encoders.map((each) => [each.name, { ...each.counters }]));
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
    this.#refusal?.reset();
  }

  /** Waits for a running inference and frees the graphs. It is safe to call twice. */
  close(): Promise<void> {
    return this.#exclusive.close(async () => {
      for (const session of this.#sessions) await session.release();
    });
  }

  async #infer(observation: Observation): Promise<OnnxActionChunk> {
    const start = performance.now();
    const request = this.#refusal?.requestIn(observation);
    const state = this.#absolute && this.#referencePose(observation, this.#absolute.maximumAge);
    let from = start;
    for (const [i, encoder] of this.#encoders.entries()) {
      const tokens = await encoder.encode(observation);
      this.#present[i] = encoder.isPresent ? 1 : 0;
      for (const [output, feed] of this.#connections[i]) this.#feeds[feed] = tokens[output];
      const now = performance.now();
      this.#timings[encoder.name] = now - from;
      from = now;
    }
    this.#committed?.write(observation);
    const outputs = await this.#fuse();
    const end = performance.now();
    this.#timings.fusion = end - from;
    this.#timings.total = end - start;
    const chunk = this.#makeChunk(observation.stamp, state, outputs);
    const refused = this.#refusal?.reasonFor(request, this.#confidences(chunk));
    return refused === undefined ? chunk : { ...chunk, refused };
  }

  /** Confidences of the encoders with an image that had one. */
  #confidences({ grounding = {} }: ActionChunk): readonly number[] {
    return this.#encoders.flatMap(({ name, isPresent }) => (isPresent ? (grounding[name]?.confidence ?? []) : []));
  }

  /** Returns the tool's pose, which is the reference of the actions even when the encoder of the joints is masked. */
  #referencePose({ inputs, reference }: Observation, maximumAge: number): Float64Array {
    const where = `policy ${this.spec.name}: ${REFERENCE_STREAM}`;
    const input = inputs.get(REFERENCE_STREAM);
    const { state, age } = reference ?? { state: input?.samples.at(-1), age: input?.age ?? Number.POSITIVE_INFINITY };
    if (!(state instanceof Float64Array) || state.length !== REFERENCE_SIZE) {
      const given = state instanceof Float64Array ? `${state.length} numbers` : typeof state;
      throw new PolicyError(`${where} is ${given}, expected a Float64Array of ${REFERENCE_SIZE}`);
    }
    if (isStale(age, maximumAge)) throw new PolicyError(`${where} is ${age} s old, expected at most ${maximumAge} s`);
    if (!state.every(Number.isFinite)) throw new PolicyError(`${where} is [${state}], expected finite numbers`);
    return state;
  }

  async #fuse(): Promise<OnnxFeeds> {
    try {
      return await this.#fusion.session.run(this.#feeds, this.#outputs);
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

  #makeChunk(stamp: number, state: Float64Array | undefined, outputs: OnnxFeeds): OnnxActionChunk {
    const { horizon, actionPeriod: period } = this.spec;
    // The loop checks the blocks. The conversion keeps numbers that are not finite, so that the check finds them.
    const decoded = this.#actions.decode((name) => numbersOfTensor(outputs[name]));
    const blocks: Readonly<Record<string, ActionBlock>> = state ? posesFrom(state, decoded, horizon) : decoded;
    const { gates, grounding, cameras } = this.#fusion;
    const counted =
      gates === undefined
        ? { gates: {}, instanceGates: {} }
        : gatesOf(this.#encoders, this.#output(outputs, gates), this.#present);
    const chunk = { stamp, period, horizon, blocks, ...counted };
    if (grounding === undefined) return chunk;
    const places = this.#output(outputs, grounding);
    const found = cameras.map((camera, i) => {
      return [camera, { x: places[3 * i], y: places[3 * i + 1], confidence: places[3 * i + 2] }] as const;
    });
    return { ...chunk, grounding: Object.fromEntries(found) };
  }
}
