import {
  type ActionChunk,
  DEFAULT_ACTIONS,
  errorMessage,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
} from '@praxis/core';
import { rowSize, rowsOf } from './action-rows.ts';
import { decodeMessage, encodeMessage, type WireRecord } from './message.ts';
import { NdArray } from './nd-array.ts';
import { PRAXIS_KEY } from './observation-message.ts';
import { ObservationReader } from './received-observation.ts';
import { wireSpecOf } from './wire-spec.ts';

/** The metadata by which a policy is served. */
export const servedMetadata = (policy: Policy): Uint8Array<ArrayBuffer> =>
  encodeMessage({ server: 'praxis', [PRAXIS_KEY]: wireSpecOf(policy.spec) });

/** The client gives the chunk its times, which are then those that the loop would see in process. */
function checkTimes(chunk: ActionChunk, observation: Observation, { name, actionPeriod }: PolicySpec): void {
  for (const [what, given, wanted] of [
    ['stamp', chunk.stamp, observation.stamp],
    ['period', chunk.period, actionPeriod],
  ] as const) {
    if (given !== wanted)
      throw new PolicyError(`policy ${name}: the chunk's ${what} is ${given} s, expected ${wanted} s`);
  }
}

/** One connection's use of a policy: bytes of an observation in, bytes of the actions, or the text of an error, out. */
export class ServedPolicy {
  readonly #policy: Policy;
  readonly #reader: ObservationReader;
  #previousMs: number | undefined;

  /** The policy is reset: a connection starts a new episode. */
  constructor(policy: Policy) {
    this.#policy = policy;
    this.#reader = new ObservationReader(policy.spec);
    policy.reset();
  }

  /** Answers one observation. It never rejects: a text is the error, as in openpi's protocol. */
  async answer(message: Uint8Array): Promise<Uint8Array<ArrayBuffer> | string> {
    const began = performance.now();
    try {
      const { observation, episode, client } = this.#reader.read(decodeMessage(message));
      if (episode === 'new') this.#policy.reset();
      const start = performance.now();
      const chunk = await this.#policy.infer(observation);
      const inferMs = performance.now() - start;
      checkTimes(chunk, observation, this.#policy.spec);
      const timing: WireRecord = { infer_ms: inferMs, prev_total_ms: this.#previousMs };
      const { gates, grounding, refused } = chunk;
      const extras: WireRecord = { gates, grounding: grounding && { ...grounding } };
      if (refused !== undefined) {
        // A client that does not know of refusals must get no actions that it could execute.
        if (client === 'other') return `policy ${this.#policy.spec.name} refuses: ${refused}`;
        return encodeMessage({ server_timing: timing, [PRAXIS_KEY]: { ...extras, refused } });
      }
      const { actions = DEFAULT_ACTIONS } = this.#policy.spec;
      return encodeMessage({
        actions: new NdArray([chunk.horizon, rowSize(actions)], rowsOf(chunk, actions)),
        server_timing: timing,
        [PRAXIS_KEY]: extras,
      });
    } catch (error) {
      return errorMessage(error);
    } finally {
      this.#previousMs = performance.now() - began;
    }
  }
}
