import { type MessageOf, type MessageType, messageCodec } from '@praxis/wire';
import type { Rcl, RclNode } from '../rcl/types.ts';

/** The part of rclnodejs that a subscription needs, for tests without ROS 2. Messages arrive as CDR, as they do from ROS 2. */
export class FakeNode {
  readonly rcl = { QoS: class {} } as unknown as Rcl;
  readonly node: RclNode;
  /** Lines of the log, of any level. */
  readonly lines: string[] = [];
  readonly #callbacks = new Map<string, (bytes: Uint8Array) => void>();

  constructor() {
    const log = (line: string) => this.lines.push(line) > 0;
    this.node = {
      getLogger: () => ({ debug: log, info: log, warn: log, error: log }),
      createSubscription: (_type: string, topic: string, _options: object, callback: (bytes: Uint8Array) => void) => {
        this.#callbacks.set(topic, callback);
        return { topic };
      },
      destroySubscription: ({ topic }: { topic: string }) => this.#callbacks.delete(topic),
    } as unknown as RclNode;
  }

  /** Delivers a message to the subscription of a topic. */
  receive<K extends MessageType>(type: K, topic: string, message: MessageOf[K]): void {
    this.receiveBytes(topic, messageCodec(type).write(message));
  }

  receiveBytes(topic: string, bytes: Uint8Array): void {
    this.#callbacks.get(topic)?.(bytes);
  }
}
