import { type MessageOf, type MessageType, messageCodec } from '@praxis/wire';
import type { Rcl, RclNode } from '../rcl/types.ts';

/** The part of rclnodejs that a subscription needs, for tests where there is no ROS 2: messages come as CDR, as they do from it. */
export class FakeNode {
  readonly rcl = { QoS: class {} } as unknown as Rcl;
  readonly node: RclNode;
  /** Lines of the log that are errors. */
  readonly errors: string[] = [];
  readonly #callbacks = new Map<string, (bytes: Uint8Array) => void>();

  constructor() {
    const told = (line: string) => this.errors.push(line) > 0;
    this.node = {
      getLogger: () => ({ debug: told, info: told, warn: told, error: told }),
      createSubscription: (_type: string, topic: string, _options: object, callback: (bytes: Uint8Array) => void) => {
        this.#callbacks.set(topic, callback);
        return { topic };
      },
      destroySubscription: ({ topic }: { topic: string }) => this.#callbacks.delete(topic),
    } as unknown as RclNode;
  }

  /** A message comes on a topic. */
  receive<K extends MessageType>(type: K, topic: string, message: MessageOf[K]): void {
    this.receiveBytes(topic, messageCodec(type).write(message));
  }

  receiveBytes(topic: string, bytes: Uint8Array): void {
    this.#callbacks.get(topic)?.(bytes);
  }
}
