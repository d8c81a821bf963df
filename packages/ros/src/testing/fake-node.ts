import { type Message, messageCodec } from '@praxis/wire';
import type { Rcl, RclMessageInfo, RclNode } from '../rcl/types.ts';

/**
 * The part of rclnodejs that publishers and subscriptions need, for tests without ROS 2. Messages are CDR in both directions, as they
 * are with ROS 2, and decoded for a subscription that is not raw.
 */
export class FakeNode {
  readonly rcl = { QoS: class {} } as unknown as Rcl;
  readonly node: RclNode;
  /** Lines of the log, of any level. */
  readonly lines: string[] = [];
  /** Messages of the publishers, oldest first. */
  readonly published: { readonly type: string; readonly topic: string; readonly bytes: Uint8Array }[] = [];
  /** Full names of the nodes that publish a topic, as discovery reports them, by the topic's full name. */
  readonly publishers = new Map<string, readonly string[]>();
  readonly #callbacks = new Map<string, (message: object, info?: RclMessageInfo) => void>();

  constructor() {
    const log = (line: string) => this.lines.push(line) > 0;
    this.node = {
      getFullyQualifiedName: () => '/fake_node',
      resolveTopicName: (topic: string) => `/${topic}`,
      getPublishersInfoByTopic: (topic: string) =>
        (this.publishers.get(topic) ?? []).map((name) => ({ node_name: name.slice(1), node_namespace: '/' })),
      getLogger: () => ({ debug: log, info: log, warn: log, error: log }),
      createSubscription: (_type: string, topic: string, _options: object, callback: (message: object) => void) => {
        this.#callbacks.set(topic, callback);
        return { topic };
      },
      createPublisher: (type: string, topic: string) => ({
        topic,
        subscriptionCount: 0,
        publish: (bytes: Uint8Array) => void this.published.push({ type, topic, bytes }),
      }),
      destroyPublisher: () => undefined,
      destroySubscription: ({ topic }: { topic: string }) => this.#callbacks.delete(topic),
    } as unknown as RclNode;
  }

  /** Delivers a message to the subscription of a topic. */
  receive<K extends string>(type: K, topic: string, message: Message<K>): void {
    this.receiveBytes(topic, messageCodec(type).write(message));
  }

  /** Topics with a subscription, by the names that they were subscribed to. */
  get subscribed(): readonly string[] {
    return [...this.#callbacks.keys()];
  }

  /** Delivers a decoded message with what the middleware says of it. */
  receiveDecoded(topic: string, message: object, info: RclMessageInfo): void {
    this.#callbacks.get(topic)?.(message, info);
  }

  receiveBytes(topic: string, bytes: Uint8Array): void {
    this.#callbacks.get(topic)?.(bytes);
  }
}
