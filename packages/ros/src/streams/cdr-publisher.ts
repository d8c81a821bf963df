import { type Message, messageCodec } from '@praxis/wire';
import { type QosKind, qosOf } from '../rcl/qos.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';

/**
 * Publishes messages that it encodes as CDR itself. The client library encodes a typed array wrongly when the array does not
 * start at the beginning of its buffer.
 */
export class CdrPublisher<K extends string> {
  readonly topic: string;
  readonly #publisher: { readonly subscriptionCount: number; publish(message: object): void };
  readonly #write: (message: Message<K>) => Uint8Array;
  readonly #close: () => void;
  #closed = false;

  constructor(rcl: Rcl, node: RclNode, type: K, topic: string, qos: QosKind) {
    const codec = messageCodec(type);
    const publisher = node.createPublisher(type, topic, { qos: qosOf(rcl, qos) });
    this.topic = topic;
    this.#publisher = publisher;
    this.#write = (message) => codec.write(message);
    this.#close = () => node.destroyPublisher(publisher);
  }

  /** Number of subscribers. */
  get listeners(): number {
    return this.#closed ? 0 : this.#publisher.subscriptionCount;
  }

  /** @throws {MessageError} when a value does not fit its field. */
  publish(message: Message<K>): void {
    if (this.#closed) return;
    const { buffer, byteOffset, byteLength } = this.#write(message);
    this.#publisher.publish(Buffer.from(buffer, byteOffset, byteLength));
  }

  /** Destroys the publisher. A second call has no effect. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#close();
  }
}
