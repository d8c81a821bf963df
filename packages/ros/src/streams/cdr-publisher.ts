import { type MessageOf, type MessageType, messageCodec } from '@praxis/wire';
import { type QosKind, qosOf } from '../rcl/qos.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';

/**
 * Publishes messages as CDR that is encoded here: typed arrays are written as what they are, whatever buffer they are a view of.
 * (The client library sends garbage for one that does not begin its buffer.)
 */
export class CdrPublisher<K extends MessageType> {
  readonly topic: string;
  readonly #publisher: { readonly subscriptionCount: number; publish(message: object): void };
  readonly #write: (message: MessageOf[K]) => Uint8Array;
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

  /** How many listen. */
  get listeners(): number {
    return this.#closed ? 0 : this.#publisher.subscriptionCount;
  }

  /** @throws {MessageError} when a value does not fit its field. */
  publish(message: MessageOf[K]): void {
    if (this.#closed) return;
    const { buffer, byteOffset, byteLength } = this.#write(message);
    this.#publisher.publish(Buffer.from(buffer, byteOffset, byteLength));
  }

  /** Safe to call twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#close();
  }
}
