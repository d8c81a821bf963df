import {
  type ActionChunk,
  type ImageFrame,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
  portTransport,
  ServiceClient,
  type StreamValue,
} from '@praxis/core';
import type { PictureDetector, PolicyFacts } from '@praxis/evaluation/planning';
import type { VocabularyExtension } from '@praxis/policy';
import type { PolicyIdentity, PolicyService } from '../protocol/protocol.ts';

/** Copies a view of a larger buffer: a message would contain the whole buffer. */
const compact = <T extends Float64Array | Uint8Array>(view: T): T =>
  view.byteLength < view.buffer.byteLength ? (view.slice() as T) : view;

const isImage = (value: object): value is ImageFrame => 'data' in value && 'width' in value;

const sendable = (value: StreamValue): StreamValue => {
  if (value instanceof Float64Array) return compact(value);
  return typeof value === 'object' && isImage(value) ? { ...value, data: compact(value.data) } : value;
};

/**
 * A policy in another worker, behind a port. Observations and chunks are copied, so the thread that steps physics waits for
 * ONNX only when a result is due.
 */
export class RemotePolicy implements Policy {
  readonly spec: PolicySpec;
  /** Words and instructions that the policy adds to the vocabulary. */
  readonly extension: VocabularyExtension;
  /** Which policy it is, for recordings. */
  readonly identity: PolicyIdentity;
  /** Facts for plans; undefined for a policy that does not say what it was trained for. */
  readonly facts: PolicyFacts | undefined;
  readonly #client: ServiceClient<PolicyService>;
  #inferenceMs = 0;

  private constructor(
    { spec, extension, identity, tasks }: PolicyService['info'],
    client: ServiceClient<PolicyService>,
  ) {
    this.spec = spec;
    this.extension = extension;
    this.identity = identity;
    this.facts = tasks && { tasks, words: extension.words };
    this.#client = client;
  }

  /** Waits until the remote policy is loaded. @throws {PolicyError} when it does not load. */
  static async open(port: MessagePort): Promise<RemotePolicy> {
    const client = await ServiceClient.open<PolicyService>(portTransport(port), {
      exitError: () => new PolicyError('policy worker: the port to it is closed'),
    });
    return new RemotePolicy(await client.ready, client);
  }

  /** Computing time of the newest chunk in the other worker (ms), without the transfer. */
  get inferenceMs(): number {
    return this.#inferenceMs;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const inputs = new Map(
      [...observation.inputs].map(
        ([name, input]) => [name, { ...input, samples: input.samples.map(sendable) }] as const,
      ),
    );
    const { chunk, inferenceMs } = await this.#client.call('infer', { ...observation, inputs });
    this.#inferenceMs = inferenceMs;
    return chunk;
  }

  /** Loads what finds things in pictures, once; undefined for a policy without. @throws {PolicyError} when a file does not fit */
  async openDetector(): Promise<PictureDetector | undefined> {
    const cameras = await this.#client.call('openDetector', undefined);
    return (
      cameras && {
        cameras,
        find: (camera, picture) =>
          this.#client.call('detect', { camera, picture: { ...picture, data: compact(picture.data) } }),
      }
    );
  }

  reset(): void {
    this.#client.notify('reset');
  }

  /** Does nothing: the policy belongs to its worker, and other episodes still use it. */
  async close(): Promise<void> {}
}
