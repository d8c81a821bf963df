import { timeOfNanoseconds } from '../../values/time.ts';
import type { BridgeMessage } from '../hub/bridge-message.ts';
import { jsonOf } from '../hub/json-value.ts';
import { cborOf } from './cbor.ts';

/** How a message is written: JSON, CBOR, or the message's CDR bytes in CBOR. The later one of two wins. */
export const COMPRESSIONS = ['none', 'cbor', 'cbor-raw'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** What a `subscribe` of a client asks for. */
export interface SubscriptionOptions {
  /** Least time between two messages (ms). */
  readonly throttleRate: number;
  /** Messages that may wait for a client that reads slowly; 0 if it does not say. */
  readonly queueLength: number;
  readonly compression: Compression;
}

/** The subscriptions of one client to one topic: it gets each message once, in the way that serves them all. */
export class TopicSubscription {
  /** The topic's name as the client gave it, which may lack the leading slash. */
  readonly name: string;
  readonly #subscriptions = new Map<string, SubscriptionOptions>();
  #combined: SubscriptionOptions = combine([]);
  #last = Number.NEGATIVE_INFINITY;

  constructor(name: string) {
    this.name = name;
  }

  /** @param id the client's name of the subscription; a second one of the same name replaces the first */
  add(id: string, options: SubscriptionOptions): void {
    this.#subscriptions.set(id, options);
    this.#combined = combine([...this.#subscriptions.values()]);
  }

  /** Ends a subscription, or all without a name. @returns true if none is left */
  remove(id: string | undefined): boolean {
    if (id === undefined) this.#subscriptions.clear();
    else this.#subscriptions.delete(id);
    this.#combined = combine([...this.#subscriptions.values()]);
    return this.#subscriptions.size === 0;
  }

  has(id: string): boolean {
    return this.#subscriptions.has(id);
  }

  /** Number of messages that may wait. @param usual for a client that does not say */
  keep(usual: number): number {
    return this.#combined.queueLength || usual;
  }

  /** The most compact way that one of them asks for. */
  get compression(): Compression {
    return this.#combined.compression;
  }

  /** True if a message at a time (ms) is due by the shortest throttle; it then counts as sent. */
  isDue(now: number): boolean {
    if (now - this.#last < this.#combined.throttleRate) return false;
    this.#last = now;
    return true;
  }
}

/** What serves all subscriptions: the shortest throttle, the longest queue and the most compact way. */
const combine = (all: readonly SubscriptionOptions[]): SubscriptionOptions => ({
  throttleRate: Math.min(...all.map(({ throttleRate }) => throttleRate)),
  queueLength: Math.max(0, ...all.map(({ queueLength }) => queueLength)),
  compression: COMPRESSIONS[Math.max(0, ...all.map(({ compression }) => COMPRESSIONS.indexOf(compression)))],
});

/** The `publish` frame of a message, made once for all clients that ask for it. */
export const publishFrame = (topic: string, message: BridgeMessage, compression: Compression): string | Uint8Array =>
  message.form(`rosbridge ${compression} ${topic}`, () => {
    const op = 'publish';
    if (compression === 'none') return JSON.stringify({ op, topic, msg: jsonOf(message.decoded) });
    if (compression === 'cbor') return cborOf({ op, topic, msg: message.decoded });
    const { logTime, data } = message;
    const { sec: secs, nanosec: nsecs } = timeOfNanoseconds(logTime);
    return cborOf({ op, topic, msg: { secs, nsecs, bytes: data } });
  });
