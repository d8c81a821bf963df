import {
  type ActionChunk,
  InputError,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
} from '@praxis/core';
import { PolicyConnection } from './connection.ts';
import { encodeMessage, isRecord, type WireRecord } from './message.ts';
import { observationMessage, PRAXIS_KEY } from './observation-message.ts';
import { type OpenSocket, openBrowserSocket } from './socket.ts';
import { WireActionReader } from './wire-actions.ts';
import { parseWireSpec, policySpecOf, type WireSpec } from './wire-spec.ts';

/** Largest answer (bytes): actions are some kilobytes; some servers send back the images that they got. */
const MAX_ANSWER_BYTES = 64 * 2 ** 20;

/** Options of {@link RemotePolicy.open}. */
export interface RemotePolicyOptions {
  /** Names on the wire, for a server that does not say them. Default: the metadata of `praxis serve`, which then are required. */
  readonly spec?: WireSpec;
  /** Token of the header `Authorization: Api-Key TOKEN`. Default: no header. */
  readonly token?: string;
  /** Opens the sockets: `openNodeSocket` of `@praxis/policy/node` can send a token. Default: the browser's `WebSocket`. */
  readonly openSocket?: OpenSocket;
  /** Longest time from connecting to the metadata (s). Default: that of the spec, 10 s. */
  readonly connectTimeoutS?: number;
  /** Longest time from an observation to its answer (s). Default: that of the spec, 10 s. */
  readonly answerTimeoutS?: number;
}

/** True for the address of a remote policy, `ws://` or `wss://`. */
export const isPolicyAddress = (text: string): boolean => /^wss?:\/\//.test(text);

/** @throws {InputError} for what is no address of a websocket, or has a user name or a password in it, which reports would show */
function checkAddress(address: string): void {
  if (!isPolicyAddress(address) || !URL.canParse(address)) {
    throw new InputError(`policy ${address}: expected an address such as ws://localhost:8000`);
  }
  const { username, password } = new URL(address);
  if (username || password)
    throw new InputError('policy address: it has a user name or a password, expected a token beside it');
}

/**
 * A policy on another machine, over the websocket protocol of openpi (`openpi-client`, `openpi-server`). Stamps stay here: a chunk has
 * the stamp of the observation that it answers. When the server stalls or dies, `infer` rejects; the loop's queue of actions runs dry
 * and the arm holds, until the connection is back.
 *
 * @example
 * import { RemotePolicy } from '@praxis/policy/remote';
 *
 * const policy = await RemotePolicy.open('ws://localhost:8000');
 * console.log(policy.spec.inputs.map(({ name }) => name));
 * await policy.close();
 */
export class RemotePolicy implements Policy {
  readonly spec: PolicySpec;
  /** Address of the server. */
  readonly address: string;
  readonly #connection: PolicyConnection;
  readonly #wire: WireSpec;
  readonly #actions: WireActionReader;
  readonly #peer: 'praxis' | 'other';
  #episode: 'new' | 'same' = 'new';
  #serverMs: number | undefined;

  private constructor(address: string, connection: PolicyConnection, wire: WireSpec, peer: 'praxis' | 'other') {
    this.address = address;
    this.spec = policySpecOf(wire, address);
    this.#connection = connection;
    this.#wire = wire;
    this.#peer = peer;
    this.#actions = new WireActionReader(wire.actions);
  }

  /**
   * Connects to a server and reads what its policy needs.
   * @param address `ws://host:port` or `wss://host:port`
   * @throws {InputError} for a wrong address; {PolicyError} when there is no server, or its metadata are not of Praxis and no spec is given
   */
  static async open(address: string, options: RemotePolicyOptions = {}): Promise<RemotePolicy> {
    checkAddress(address);
    const { token, openSocket = openBrowserSocket, spec } = options;
    let wire: WireSpec | undefined;
    let told = '';
    const connection = await PolicyConnection.open({
      url: address,
      ...(token !== undefined && { authorization: `Api-Key ${token}` }),
      openSocket,
      maximumBytes: MAX_ANSWER_BYTES,
      connectTimeoutS: options.connectTimeoutS ?? spec?.connectTimeoutS ?? 10,
      answerTimeoutS: options.answerTimeoutS ?? spec?.answerTimeoutS ?? 10,
      acceptMetadata(metadata) {
        const text = JSON.stringify(metadata[PRAXIS_KEY]) ?? '';
        if (wire === undefined) wire = spec ?? servedSpec(metadata, address);
        else if (text !== told)
          throw new PolicyError(`${address}: the server offers another policy than before, expected ${wire.name}`);
        told = text;
      },
    });
    if (wire === undefined) throw new PolicyError(`${address}: no metadata`);
    return new RemotePolicy(address, connection, wire, spec ? 'other' : 'praxis');
  }

  /** Number of connections so far: more than 1 after a loss. */
  get connections(): number {
    return this.#connection.connections;
  }

  /** Duration of the last inference as the server reports it (ms); undefined when it does not. */
  get serverMs(): number | undefined {
    return this.#serverMs;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const message = observationMessage(observation, this.#wire, this.#peer, this.#episode);
    this.#episode = 'same';
    let answer: WireRecord;
    try {
      answer = await this.#connection.request(encodeMessage(message));
    } catch (error) {
      // The policy behind a new connection has state of its own.
      this.#episode = 'new';
      throw error;
    }
    const { server_timing: timing } = answer;
    if (isRecord(timing) && typeof timing.infer_ms === 'number') this.#serverMs = timing.infer_ms;
    const { horizon, period, key } = this.#wire.actions;
    const { stamp } = observation;
    const refused = refusalIn(answer);
    if (refused !== undefined) return { stamp, period, horizon, blocks: {}, ...extrasOf(answer), refused };
    const blocks = this.#actions.read(answer[key], observation);
    return { stamp, period, horizon, blocks, ...extrasOf(answer) };
  }

  /** The server's policy is reset before the next observation, where the server is `praxis serve`; openpi's protocol has no reset. */
  reset(): void {
    this.#episode = 'new';
  }

  /** Ends the connection. A pending inference rejects. */
  async close(): Promise<void> {
    this.#connection.close();
  }
}

/** The spec that `praxis serve` sends. */
function servedSpec(metadata: WireRecord, address: string): WireSpec {
  const told = metadata[PRAXIS_KEY];
  if (told !== undefined) return parseWireSpec(told, `${address}: metadata`);
  const keys = Object.keys(metadata).join(', ') || 'nothing';
  throw new PolicyError(
    `${address}: its metadata do not say what the policy needs (${keys}), expected --policy-spec FILE`,
  );
}

/** Why a policy of ours refuses; undefined when it does not. */
function refusalIn(answer: WireRecord): string | undefined {
  const told = answer[PRAXIS_KEY];
  return isRecord(told) && typeof told.refused === 'string' ? told.refused : undefined;
}

/** Gates and grounding of a policy of ours; none of another one. */
function extrasOf(answer: WireRecord): Pick<ActionChunk, 'gates' | 'grounding'> {
  const told = answer[PRAXIS_KEY];
  if (!isRecord(told)) return { gates: {} };
  const gates: Record<string, number> = {};
  if (isRecord(told.gates)) {
    for (const [name, value] of Object.entries(told.gates)) if (typeof value === 'number') gates[name] = value;
  }
  if (!isRecord(told.grounding)) return { gates };
  const grounding: Record<string, { x: number; y: number; confidence: number }> = {};
  for (const [camera, place] of Object.entries(told.grounding)) {
    if (!isRecord(place)) continue;
    const { x, y, confidence } = place;
    if (typeof x === 'number' && typeof y === 'number' && typeof confidence === 'number')
      grounding[camera] = { x, y, confidence };
  }
  return { gates, grounding };
}
