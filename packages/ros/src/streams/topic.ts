import { type Clock, latestWins, type Stamped } from '@praxis/core';
import { type Header, type MessageOf, type MessageType, messageCodec, secondsOf } from '@praxis/wire';
import { filter, type Observable, Subject, share } from 'rxjs';
import { guarded } from '../rcl/guarded.ts';
import { type QosKind, qosOf } from '../rcl/qos.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';

/** How far a stamp may lie in the future (s): clocks of two machines that are kept in step differ by a few milliseconds. */
const AHEAD = 0.01;

export interface TopicCounters {
  /** Messages that came, and those of them that were handed on. */
  received: number;
  passed: number;
  /** Messages that could not be decoded, or whose content is not what it should be. */
  refused: number;
  /** Stamps in the future, none at all, or not later than the one before. */
  badStamps: number;
}

export interface TopicOptions<K extends MessageType, M, T = M> {
  readonly rcl: Rcl;
  readonly node: RclNode;
  readonly clock: Clock;
  readonly type: K;
  readonly topic: string;
  readonly qos: QosKind;
  /** What the message means. @throws {MessageError} when it cannot be used. */
  readonly read: (message: MessageOf[K]) => M;
  /**
   * Makes a value of what was read where that takes a while: one at a time, and then the newest that came meanwhile. One that it
   * rejects counts as refused, and the stream goes on.
   */
  readonly decode?: (read: M) => Promise<T>;
  /** `ignored`: what the header says is not when the world was so; the time of receipt is the stamp. Default `checked`. */
  readonly stamps?: 'checked' | 'ignored';
}

/** How a topic fares, whatever it carries. */
export interface TopicStatus {
  readonly name: string;
  readonly type: MessageType;
  readonly qos: QosKind;
  readonly counters: Readonly<TopicCounters>;
  /** Why the last message that was not handed on was not; empty when the newest was. */
  readonly fault: string;
  /** When the newest message came (s); -Infinity before the first. */
  readonly heard: number;
  /** Ends the subscription and completes the stream. Safe to call twice. */
  close(): void;
}

/**
 * A topic as a hot stream of stamped values. Messages are taken as CDR and decoded from their layout: arrays in them are views of
 * what came, which nobody writes again. What cannot be used is counted, and the last reason kept.
 */
export class Topic<K extends MessageType, M, T = M> implements TopicStatus {
  readonly name: string;
  readonly type: K;
  readonly qos: QosKind;
  readonly counters: TopicCounters = { received: 0, passed: 0, refused: 0, badStamps: 0 };
  heard = Number.NEGATIVE_INFINITY;
  readonly stream$: Observable<Stamped<T>>;
  readonly #subject = new Subject<Stamped<M>>();
  readonly #options: TopicOptions<K, M, T>;
  readonly #close: () => void;
  #stamp = Number.NEGATIVE_INFINITY;
  /** Why the last message was not handed on, and why the last one that was handed on was not decoded. */
  #fault = '';
  #undecoded = '';
  #closed = false;

  constructor(options: TopicOptions<K, M, T>) {
    const { rcl, node, type, topic, qos, decode } = options;
    this.name = topic;
    this.type = type;
    this.qos = qos;
    this.#options = options;
    // What is not decoded is what was read.
    this.stream$ = decode ? this.#decoded(decode) : (this.#subject.asObservable() as unknown as Observable<Stamped<T>>);
    const codec = messageCodec(type);
    const take = guarded(node.getLogger(), topic, (bytes: Uint8Array) => this.#take(codec, bytes));
    const subscription = node.createSubscription(type, topic, { isRaw: true, qos: qosOf(rcl, qos) }, take);
    this.#close = () => node.destroySubscription(subscription);
  }

  get fault(): string {
    return this.#fault || this.#undecoded;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#close();
    this.#subject.complete();
  }

  #take(codec: { read(bytes: Uint8Array): MessageOf[K] }, bytes: Uint8Array): void {
    if (this.#closed) return;
    const received = this.#options.clock.now();
    this.heard = received;
    this.counters.received++;
    let value: M;
    let stamp = received;
    try {
      const message = codec.read(bytes);
      if (this.#options.stamps !== 'ignored' && 'header' in message)
        stamp = secondsOf((message as { header: Header }).header.stamp);
      value = this.#options.read(message);
    } catch (error) {
      this.counters.refused++;
      this.#fault = error instanceof Error ? error.message : String(error);
      return;
    }
    const wrong = stamp === received ? undefined : this.#wrongStamp(stamp, received);
    if (wrong !== undefined) {
      this.counters.badStamps++;
      this.#fault = wrong;
      return;
    }
    this.#stamp = stamp;
    this.#fault = '';
    this.counters.passed++;
    this.#subject.next({ value, stamp: Math.min(stamp, received), received });
  }

  #decoded(decode: (read: M) => Promise<T>): Observable<Stamped<T>> {
    const { counters } = this;
    return this.#subject.pipe(
      latestWins(({ value, ...times }) =>
        decode(value).then(
          (decoded) => {
            this.#undecoded = '';
            return { value: decoded, ...times };
          },
          (error: unknown) => {
            this.#undecoded = error instanceof Error ? error.message : String(error);
            counters.passed--;
            counters.refused++;
            return undefined;
          },
        ),
      ),
      filter((sample) => sample !== undefined),
      share(),
    );
  }

  #wrongStamp(stamp: number, received: number): string | undefined {
    if (stamp === 0) return 'the stamp is 0: the publisher sets none';
    if (stamp > received + AHEAD) return `the stamp lies ${(stamp - received).toFixed(3)} s in the future`;
    if (stamp <= this.#stamp && received - this.#stamp < 1) return 'the stamp is not later than the one before';
    return undefined;
  }
}
