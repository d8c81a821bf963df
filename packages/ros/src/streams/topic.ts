import {
  type Clock,
  errorMessage,
  inOrder,
  latestWins,
  newCounters,
  type Stamped,
  type StreamCounters,
} from '@praxis/core';
import { type Header, type MessageOf, type MessageType, messageCodec, secondsOf } from '@praxis/wire';
import { filter, type Observable, Subject, share } from 'rxjs';
import { catchErrors } from '../rcl/catch-errors.ts';
import { type QosKind, qosOf } from '../rcl/qos.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';

/** How far a stamp may lie in the future: clocks of two machines that are kept in step differ by a few milliseconds. */
const MAXIMUM_AHEAD_S = 0.01;
/** Samples that take longer from their stamp to here count as late: for the diagnostics alone. */
const MAXIMUM_DELAY_S = 0.1;
/** A publisher whose clock was set back is heard again after this time. */
const FORGET_AFTER_S = 1;

/** What became of a topic's messages: `received` counts those that cannot be decoded as well. */
export interface TopicCounters extends StreamCounters {
  /** Messages that were handed on. */
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
  /** Nominal rate (Hz), by which missing messages are counted; 0, the default, for events. */
  readonly rateHz?: number;
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
  readonly lastReceived: number;
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
  lastReceived = Number.NEGATIVE_INFINITY;
  readonly stream$: Observable<Stamped<T>>;
  readonly #subject = new Subject<Stamped<M>>();
  /** Samples whose stamp is the publisher's, before they are known to be in order. */
  readonly #stamped = new Subject<Stamped<M>>();
  readonly #options: TopicOptions<K, M, T>;
  readonly #counters: TopicCounters = { ...newCounters(), passed: 0, refused: 0, badStamps: 0 };
  readonly #decoding = newCounters();
  /** Why the last message was not handed on, and why the last one that was handed on was not decoded. */
  #fault = '';
  #decodingFault = '';
  readonly #close: () => void;
  #closed = false;

  constructor(options: TopicOptions<K, M, T>) {
    const { rcl, node, type, topic, qos, rateHz, decode } = options;
    this.name = topic;
    this.type = type;
    this.qos = qos;
    this.#options = options;
    // What is not decoded is what was read.
    this.stream$ = decode ? this.#decoded(decode) : (this.#subject.asObservable() as unknown as Observable<Stamped<T>>);
    this.#stamped
      .pipe(
        inOrder({
          counters: this.#counters,
          rateHz,
          maximumDelay: MAXIMUM_DELAY_S,
          maximumAhead: MAXIMUM_AHEAD_S,
          forgetAfter: FORGET_AFTER_S,
          onLeftOut: ({ stamp, received }, verdict) =>
            this.#refuseStamp(
              verdict === 'ahead'
                ? `the stamp lies ${(stamp - received).toFixed(3)} s in the future`
                : 'the stamp is not later than the one before',
            ),
        }),
      )
      .subscribe((sample) => this.#pass(sample));
    const codec = messageCodec(type);
    const handleMessage = catchErrors(node.getLogger(), topic, (bytes: Uint8Array) =>
      this.#handleMessage(codec, bytes),
    );
    const subscription = node.createSubscription(type, topic, { isRaw: true, qos: qosOf(rcl, qos) }, handleMessage);
    this.#close = () => node.destroySubscription(subscription);
  }

  get counters(): Readonly<TopicCounters> {
    const { dropped } = this.#decoding;
    return { ...this.#counters, dropped, passed: this.#counters.passed - dropped };
  }

  get fault(): string {
    return this.#fault || this.#decodingFault;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#close();
    this.#subject.complete();
  }

  #handleMessage(codec: { read(bytes: Uint8Array): MessageOf[K] }, bytes: Uint8Array): void {
    if (this.#closed) return;
    const received = this.#options.clock.now();
    this.lastReceived = received;
    let value: M;
    let stamp: number | undefined;
    try {
      const message = codec.read(bytes);
      if (this.#options.stamps !== 'ignored' && 'header' in message)
        stamp = secondsOf((message as { header: Header }).header.stamp);
      value = this.#options.read(message);
    } catch (error) {
      this.#counters.received++;
      this.#counters.refused++;
      this.#fault = errorMessage(error);
      return;
    }
    if (stamp !== undefined && stamp !== 0) {
      this.#stamped.next({ value, stamp, received });
      return;
    }
    this.#counters.received++;
    if (stamp === 0) this.#refuseStamp('the stamp is 0: the publisher sets none');
    else this.#pass({ value, stamp: received, received });
  }

  #refuseStamp(fault: string): void {
    this.#counters.badStamps++;
    this.#fault = fault;
  }

  #pass({ value, stamp, received }: Stamped<M>): void {
    this.#fault = '';
    this.#counters.passed++;
    this.#subject.next({ value, stamp: Math.min(stamp, received), received });
  }

  #decoded(decode: (read: M) => Promise<T>): Observable<Stamped<T>> {
    return this.#subject.pipe(
      latestWins(
        ({ value, ...times }) =>
          decode(value).then(
            (decoded) => {
              this.#decodingFault = '';
              return { value: decoded, ...times };
            },
            (error: unknown) => {
              this.#decodingFault = errorMessage(error);
              this.#counters.passed--;
              this.#counters.refused++;
              return undefined;
            },
          ),
        this.#decoding,
      ),
      filter((sample) => sample !== undefined),
      share(),
    );
  }
}
