import {
  type Clock,
  errorMessage,
  type InOrderOptions,
  inOrder,
  latestWins,
  newCounters,
  type Stamped,
  type StreamCounters,
} from '@praxis/core';
import { type Header, type Message, messageCodec, secondsOf } from '@praxis/wire';
import { filter, type Observable, type OperatorFunction, Subject, share } from 'rxjs';
import { catchErrors } from '../rcl/catch-errors.ts';
import { type QosKind, qosOf } from '../rcl/qos.ts';
import { type StampClock, SYSTEM_STAMPS } from '../rcl/stamp-clock.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';

/** A sample that takes longer (s) from its stamp to its receipt counts as late; only the diagnostics use the count. */
const MAXIMUM_DELAY_S = 0.1;

/** Least distance (s) of two stamps after their conversion to the system clock. */
const MINIMUM_STEP_S = 1e-6;

/** Counts of a topic's messages. `received` includes messages that cannot be decoded. */
export interface TopicCounters extends StreamCounters {
  /** Messages that were passed on. */
  passed: number;
  /** Messages that could not be decoded or have invalid content. */
  refused: number;
  /** Messages whose stamp lies in the future, is missing, or is not later than the previous one. */
  badStamps: number;
}

/** Options of {@link Topic}. */
export interface TopicOptions<K extends string, M, T = M> {
  readonly rcl: Rcl;
  readonly node: RclNode;
  readonly clock: Clock;
  /** Clock of the headers' stamps; samples pass on stamps of `clock`. Default: `clock`. */
  readonly stampClock?: StampClock;
  readonly type: K;
  readonly topic: string;
  readonly qos: QosKind;
  /** Converts the message. @throws {MessageError} when its content is invalid. */
  readonly read: (message: Message<K>) => M;
  /**
   * Converts the result of `read` asynchronously. One conversion runs at a time; the newest waiting message is next. A
   * message that it rejects counts as refused, and the stream continues.
   */
  readonly decode?: (read: M) => Promise<T>;
  /** Nominal rate (Hz), by which missing messages are counted; 0, the default, for events. */
  readonly rateHz?: number;
  /** Passes on samples in order, or others that it makes of them. It counts each one. Default: {@link inOrder}. */
  readonly order?: (options: InOrderOptions<M>) => OperatorFunction<Stamped<M>, Stamped<M>>;
  /** `ignored` uses the time of receipt in place of the header's stamp. Default `checked`. */
  readonly stamps?: 'checked' | 'ignored';
}

/** The state of a topic of any type. */
export interface TopicStatus {
  readonly name: string;
  readonly type: string;
  readonly qos: QosKind;
  readonly counters: Readonly<TopicCounters>;
  /** Reason for which the newest message was refused, or makes no sample; empty when it is good. */
  readonly fault: string;
  /** Reason for which a message was last not passed on, also after messages that were; empty before the first such. */
  readonly lastFault: string;
  /** Time of receipt of the newest message (s); -Infinity before the first. */
  readonly lastReceived: number;
  /** Time of receipt of the newest sample that was passed on (s); -Infinity before the first. */
  readonly lastPassed: number;
  /** Destroys the subscription and completes the stream. A second call has no effect. */
  close(): void;
}

/**
 * A topic as a hot stream of stamped values. It receives CDR and decodes it without copies: arrays are views of the received
 * bytes, which do not change afterwards. It counts invalid messages and keeps the last reason.
 */
export class Topic<K extends string, M, T = M> implements TopicStatus {
  readonly name: string;
  readonly type: K;
  readonly qos: QosKind;
  lastReceived = Number.NEGATIVE_INFINITY;
  lastPassed = Number.NEGATIVE_INFINITY;
  readonly stream$: Observable<Stamped<T>>;
  readonly #subject = new Subject<Stamped<M>>();
  /** Samples with a stamp of the publisher, before the check of their order. */
  readonly #stamped = new Subject<Stamped<M>>();
  readonly #options: TopicOptions<K, M, T>;
  readonly #counters: TopicCounters = { ...newCounters(), passed: 0, refused: 0, badStamps: 0 };
  readonly #decoding = newCounters();
  lastFault = '';
  /** Reason for which the last message was refused; empty when it was not. */
  #fault = '';
  /** Reason for which the last message was not decoded; empty when it was. */
  #decodingFault = '';
  readonly #stampClock: StampClock;
  /** Stamp of the newest sample that was converted to the system clock (s). */
  #converted = Number.NEGATIVE_INFINITY;
  readonly #close: () => void;
  #closed = false;

  constructor(options: TopicOptions<K, M, T>) {
    const { rcl, node, type, topic, qos, rateHz, order = inOrder, decode } = options;
    this.name = topic;
    this.type = type;
    this.qos = qos;
    this.#options = options;
    this.#stampClock = options.stampClock ?? SYSTEM_STAMPS;
    // Without a decoder T is M.
    this.stream$ = decode ? this.#decoded(decode) : (this.#subject.asObservable() as unknown as Observable<Stamped<T>>);
    this.#stamped
      .pipe(
        order({
          counters: this.#counters,
          rateHz,
          maximumDelay: MAXIMUM_DELAY_S,
          maximumAhead: this.#stampClock.maximumAhead,
          onRestart: (_, step) =>
            node
              .getLogger()
              .warn(`${topic}: the clock of the stamps went back by ${(-step).toFixed(3)} s, the stream starts anew`),
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

  #handleMessage(codec: { read(bytes: Uint8Array): Message<K> }, bytes: Uint8Array): void {
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
      this.#setFault(errorMessage(error));
      return;
    }
    this.#fault = '';
    const now = this.#stampClock.at(received);
    if (stamp !== undefined && stamp !== 0 && !Number.isNaN(now)) {
      this.#stamped.next({ value, stamp, received: now });
      return;
    }
    this.#counters.received++;
    if (stamp === undefined) this.#pass({ value, stamp: received, received });
    else if (stamp === 0) this.#refuseStamp('the stamp is 0: the publisher sets none');
    else this.#refuseStamp('no message on /clock yet, which use_sim_time names as the clock of the stamps');
  }

  #refuseStamp(fault: string): void {
    this.#counters.badStamps++;
    this.#setFault(fault);
  }

  #setFault(fault: string): void {
    this.#fault = fault;
    this.lastFault = fault;
  }

  /** @param sample with both times on the clock of the stamps */
  #pass({ value, stamp, received: now }: Stamped<M>): void {
    const received = this.lastReceived;
    this.lastPassed = received;
    this.#counters.passed++;
    this.#subject.next({
      value,
      stamp: now === received ? Math.min(stamp, received) : this.#toSystemClock(now - stamp, received),
      received,
    });
  }

  /**
   * Converts an age (s) to a stamp of the system clock. Ages on another clock jitter, so that the converted stamps of two samples
   * in order could be out of it.
   */
  #toSystemClock(age: number, received: number): number {
    const isBehind = received - age <= this.#converted && this.#converted < received;
    this.#converted = Math.min(isBehind ? this.#converted + MINIMUM_STEP_S : received - age, received);
    return this.#converted;
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
              this.lastFault = this.#decodingFault;
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
