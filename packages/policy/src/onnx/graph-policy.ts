import {
  type ActionChunk,
  errorMessage,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
  type StreamValue,
} from '@praxis/core';
import { OutputActions } from '../actions/output-actions.ts';
import type { GraphManifest } from '../manifest/graph-manifest.ts';
import { rowCount } from '../manifest/graph-rules.ts';
import { graphStreams } from '../manifest/graph-streams.ts';
import type { GraphTensor } from '../processors/graph-tensor.ts';
import type { EncoderCounters } from './encoder.ts';
import { ExclusiveInference } from './exclusive.ts';
import { type OnnxBackend, type OnnxFeeds, type OnnxSession, zeroTensors } from './session.ts';

/** Manifest, session and inputs of a policy of one graph. */
export interface GraphParts {
  readonly manifest: GraphManifest;
  readonly backend: OnnxBackend;
  readonly session: OnnxSession;
  /** Tensors in the order of the manifest's inputs. */
  readonly tensors: readonly GraphTensor[];
}

/** The actions of a manifest. */
export const outputActions = ({ action }: GraphManifest): OutputActions =>
  new OutputActions(action.outputs, { ...action, rows: rowCount(action) });

/**
 * A policy of one ONNX graph with many inputs, which the second version of the manifest declares. Use {@link loadPolicy} to make one.
 */
export class GraphPolicy implements Policy {
  /** Inputs by stream, actions, horizon and periods (s), as the manifest gives them. */
  readonly spec: PolicySpec;
  /** The manifest that the policy was loaded from. */
  readonly manifest: GraphManifest;
  readonly #session: OnnxSession;
  readonly #tensors: readonly GraphTensor[];
  readonly #feeds: OnnxFeeds;
  readonly #outputs: OnnxFeeds;
  readonly #actions: OutputActions;
  readonly #timings: Record<string, number> = {};
  readonly #exclusive: ExclusiveInference<ActionChunk>;

  /** @internal {@link loadPolicy} makes one. */
  constructor({ manifest, backend, session, tensors }: GraphParts) {
    const { name, robots = [], action } = manifest;
    const { horizon, period, inferencePeriod } = action;
    this.manifest = manifest;
    this.#actions = outputActions(manifest);
    const timing = { horizon, actionPeriod: period, inferencePeriod };
    this.spec = { name, inputs: graphStreams(manifest), actions: this.#actions.specs, ...timing, robots };
    this.#session = session;
    this.#tensors = tensors;
    this.#feeds = Object.fromEntries(
      manifest.inputs.flatMap((input, i) => {
        const { data, shape, dtype, mask } = tensors[i];
        const own = [input.name, backend.tensor(data, shape, dtype)] as const;
        if (input.type !== 'text' || !input.mask || !mask) return [own];
        return [own, [input.mask.name, backend.tensor(mask.data, mask.shape, mask.dtype)] as const];
      }),
    );
    this.#outputs = zeroTensors(this.#actions.outputs, backend);
    this.#exclusive = new ExclusiveInference(name);
    for (const part of [...manifest.inputs.map((input) => input.name), 'graph', 'total']) this.#timings[part] = 0;
  }

  /** Durations in the last inference (ms), by input, `graph` and `total`. */
  get timings(): Readonly<Record<string, number>> {
    return this.#timings;
  }

  /** Empty: the graph has no encoders whose tokens could be kept. */
  get counters(): Readonly<Record<string, EncoderCounters>> {
    return {};
  }

  /**
   * Computes the chunk for an observation. Callers must await each chunk before the next call. `gates` is empty: one graph does not say how
   * much each input counted.
   * @throws {PolicyError} when the observation does not fit, an input is absent that the graph cannot do without, or another inference runs
   */
  infer(observation: Observation): Promise<ActionChunk> {
    return this.#exclusive.run(() => this.#infer(observation));
  }

  /** Nothing is kept from one inference to the next. */
  reset(): void {}

  /** Waits for a running inference and frees the graph. It is safe to call twice. */
  close(): Promise<void> {
    return this.#exclusive.close(() => this.#session.release());
  }

  async #infer(observation: Observation): Promise<ActionChunk> {
    const start = performance.now();
    let from = start;
    for (const [i, tensor] of this.#tensors.entries()) {
      this.#write(observation, i, tensor);
      const now = performance.now();
      this.#timings[this.manifest.inputs[i].name] = now - from;
      from = now;
    }
    const outputs = await this.#run();
    const end = performance.now();
    this.#timings.graph = end - from;
    this.#timings.total = end - start;
    const { horizon, actionPeriod: period } = this.spec;
    // The loop checks the blocks. The conversion keeps numbers that are not finite, so that the check finds them.
    const blocks = this.#actions.decode((name) => outputs[name].data as Float32Array);
    return { stamp: observation.stamp, period, horizon, blocks, gates: {} };
  }

  #write(observation: Observation, i: number, tensor: GraphTensor): void {
    const { name, absent } = this.manifest.inputs[i];
    const where = `policy ${this.spec.name}, input ${name}`;
    const samples: (readonly StreamValue[])[] = [];
    for (const stream of tensor.streams) {
      const given = observation.inputs.get(stream);
      if (!given) throw new PolicyError(`${where}: the observation has no stream ${stream}`);
      if (given.present && given.samples.length > 0) samples.push(given.samples);
      else if (absent === 'refuse') throw new PolicyError(`${where}: ${stream} is missing, too old or masked`);
    }
    if (samples.length === tensor.streams.length) tensor.write(samples);
    else tensor.clear();
  }

  async #run(): Promise<OnnxFeeds> {
    try {
      return await this.#session.run(this.#feeds, this.#outputs);
    } catch (cause) {
      throw new PolicyError(`policy ${this.spec.name}: the graph failed: ${errorMessage(cause)}`, { cause });
    }
  }
}
