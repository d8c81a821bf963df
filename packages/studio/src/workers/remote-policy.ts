import {
  type ActionChunk,
  type ImageFrame,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
  type StreamValue,
} from '@praxis/core';
import type { Extension } from '@praxis/policy';
import type { PolicyReply, PolicyRequest } from '../protocol/protocol.ts';

interface Waiting {
  resolve(chunk: ActionChunk): void;
  reject(error: Error): void;
}

/** A view into a larger buffer would be sent with all of it. */
const compact = <T extends Float64Array | Uint8Array>(view: T): T =>
  view.byteLength < view.buffer.byteLength ? (view.slice() as T) : view;

const isImage = (value: object): value is ImageFrame => 'data' in value && 'width' in value;

const sendable = (value: StreamValue): StreamValue => {
  if (value instanceof Float64Array) return compact(value);
  return typeof value === 'object' && isImage(value) ? { ...value, data: compact(value.data) } : value;
};

/**
 * A policy in another worker, behind a port. Observations are copied to it and chunks are copied back, so the thread
 * that steps physics never waits for ONNX unless a result is due.
 */
export class RemotePolicy implements Policy {
  readonly spec: PolicySpec;
  /** What it knows: words that people may use besides. */
  readonly extension: Extension;
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #id = 0;
  #milliseconds = 0;

  private constructor(spec: PolicySpec, extension: Extension, port: MessagePort) {
    this.spec = spec;
    this.extension = extension;
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<PolicyReply>) => this.#take(data);
  }

  /** Waits for the policy on the other side to load. @throws {PolicyError} when it does not. */
  static open(port: MessagePort): Promise<RemotePolicy> {
    return new Promise((resolve, reject) => {
      port.onmessage = ({ data }: MessageEvent<PolicyReply>) => {
        if (data.kind === 'spec') resolve(new RemotePolicy(data.spec, data.extension, port));
        else reject(new PolicyError(data.kind === 'failed' ? data.message : `policy worker: sent ${data.kind} first`));
      };
    });
  }

  /** What the newest chunk took to compute on the other side, the way there and back not counted. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  infer(observation: Observation): Promise<ActionChunk> {
    const inputs = new Map(
      [...observation.inputs].map(
        ([name, input]) => [name, { ...input, samples: input.samples.map(sendable) }] as const,
      ),
    );
    const id = this.#id++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ kind: 'infer', id, observation: { ...observation, inputs } });
    });
  }

  reset(): void {
    this.#send({ kind: 'reset' });
  }

  /** The policy lives as long as its worker; other episodes go on using it. */
  async close(): Promise<void> {}

  #send(request: PolicyRequest): void {
    this.#port.postMessage(request);
  }

  #take(reply: PolicyReply): void {
    if (reply.kind !== 'chunk' && reply.kind !== 'error') return;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'chunk') {
      this.#milliseconds = reply.milliseconds;
      waiting?.resolve(reply.chunk);
    } else waiting?.reject(new PolicyError(reply.message));
  }
}
