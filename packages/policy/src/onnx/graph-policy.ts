import {
  type ActionChunk,
  errorMessage,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
} from '@praxis/core';
import { OutputActions } from '../actions/output-actions.ts';
import { rowCount } from '../manifest/action-rules.ts';
import type { GraphManifest, OutputsManifest } from '../manifest/graph-manifest.ts';
import { graphStreams } from '../manifest/graph-streams.ts';
import type { EncoderCounters } from './encoder.ts';
import { ExclusiveInference } from './exclusive.ts';
import { absentStream, feedsOf, type GraphInput, observed } from './graph-inputs.ts';
import { numbersOfTensor, type OnnxBackend, type OnnxFeeds, type OnnxSession, zeroTensors } from './session.ts';

/** Manifest, session and inputs of a policy of one graph. */
export interface GraphParts {
  readonly manifest: GraphManifest;
  readonly backend: OnnxBackend;
  readonly session: OnnxSession;
  /** Inputs in the order of the manifest. */
  readonly inputs: readonly GraphInput[];
}

/** The actions of a manifest of the second version. */
export const outputActions = (action: OutputsManifest): OutputActions =>
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
  readonly #inputs: readonly GraphInput[];
  readonly #feeds: OnnxFeeds;
  readonly #outputs: OnnxFeeds;
  readonly #actions: OutputActions;
  readonly #timings: Record<string, number> = {};
  readonly #exclusive: ExclusiveInference<ActionChunk>;

  /** @internal {@link loadPolicy} makes one. */
  constructor({ manifest, backend, session, inputs }: GraphParts) {
    const { name, robots = [], action } = manifest;
    const { horizon, period, inferencePeriod } = action;
    this.manifest = manifest;
    this.#actions = outputActions(action);
    const timing = { horizon, actionPeriod: period, inferencePeriod };
    this.spec = { name, inputs: graphStreams(manifest), actions: this.#actions.specs, ...timing, robots };
    this.#session = session;
    this.#inputs = inputs;
    this.#feeds = feedsOf(inputs, backend);
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
    for (const [i, input] of this.#inputs.entries()) {
      this.#write(observation, i, input);
      const now = performance.now();
      this.#timings[input.manifest.name] = now - from;
      from = now;
    }
    const outputs = await this.#run();
    const end = performance.now();
    this.#timings.graph = end - from;
    this.#timings.total = end - start;
    const { horizon, actionPeriod: period } = this.spec;
    // The loop checks the blocks. The conversion keeps numbers that are not finite, so that the check finds them.
    const blocks = this.#actions.decode((name) => numbersOfTensor(outputs[name]));
    return { stamp: observation.stamp, period, horizon, blocks, gates: {} };
  }

  #write(observation: Observation, i: number, input: GraphInput): void {
    const given = observed(input, observation);
    const absent = absentStream(input, given);
    if (absent === undefined) input.tensor.write(given.map(({ samples }) => samples));
    else if (this.manifest.inputs[i].absent === 'zeros') input.tensor.clear();
    else throw new PolicyError(`${input.where}: ${absent} is missing, too old or masked`);
  }

  async #run(): Promise<OnnxFeeds> {
    try {
      return await this.#session.run(this.#feeds, this.#outputs);
    } catch (cause) {
      throw new PolicyError(`policy ${this.spec.name}: the graph failed: ${errorMessage(cause)}`, { cause });
    }
  }
}
