import type { Clock } from '@praxis/core';
import { MessageError, messageCodec } from '@praxis/wire';
import type { McapChannel, McapMessage } from '@praxis/wire/mcap';
import { nanosecondsOf, type RecordingOutput } from '@praxis/wire/recording';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { qosOf, qosProfile, TRANSIENT_LOCAL } from '../../rcl/qos.ts';
import type { StampClock } from '../../rcl/stamp-clock.ts';
import type { Rcl, RclMessageInfo, RclNode, RclSubscription } from '../../rcl/types.ts';
import { headerStamp, onStampClock } from './message-times.ts';
import type { TypeSchema } from './schemas.ts';
import type { RecordedTopic } from './topics.ts';

/** Messages are dropped, and counted, while more bytes than this wait to be written. */
const MAXIMUM_BACKLOG_BYTES = 256 * 1024 * 1024;

/** A topic with the definition of its type. */
export interface DefinedTopic extends RecordedTopic {
  readonly schema: TypeSchema;
}

/** What became of the messages of one topic. */
export interface TopicRecord {
  readonly topic: string;
  recorded: number;
  /** Messages that were left out because the output did not keep up. */
  dropped: number;
  /** Messages that could not be encoded, and those that came before the first time on `/clock`, but for latched ones. */
  unfit: number;
}

/** Most latched messages that wait for the first time on `/clock`. */
const MAXIMUM_EARLY = 64;

/** A message before its times are known. */
interface Taken {
  readonly channel: number;
  readonly data: Uint8Array;
  /** Time of the source (ns); undefined: that of the receipt stands for it. */
  readonly stamp: () => bigint | undefined;
}

const isLatched = ({ qos }: RecordedTopic): boolean => qosProfile(qos).durability === TRANSIENT_LOCAL;

/** The channels of a recording, in the order of its topics. */
export const channelsOf = (topics: readonly DefinedTopic[]): readonly McapChannel[] =>
  topics.map((each) => ({
    ...{ topic: each.topic, type: each.type, schema: each.schema.text },
    ...(isLatched(each) ? { durability: 'transient_local' as const } : {}),
    // Where the publish time of its messages is from.
    metadata: { publish_time: each.schema.sourceTime },
  }));

/** Options of {@link TopicRecorder}. */
export interface TopicRecorderOptions {
  readonly rcl: Rcl;
  readonly node: RclNode;
  readonly clock: Clock;
  readonly stampClock: StampClock;
  readonly topics: readonly DefinedTopic[];
  readonly output: RecordingOutput;
}

/**
 * Subscribes to topics and hands their messages over as bytes, with the time of their source and that of their receipt, until
 * {@link close}. It decodes only messages without a header, since the client library gives the middleware's time with those alone.
 */
export class TopicRecorder {
  readonly records: readonly TopicRecord[];
  readonly #options: TopicRecorderOptions;
  readonly #subscriptions: readonly RclSubscription[];
  /** The newest messages of each latched topic, as many as a late subscriber gets, oldest first. */
  readonly #latched = new Map<number, McapMessage[]>();

  /** Latched messages from before the first time on `/clock`: they come once, and are written with that time. */
  #early: readonly Taken[] = [];

  /** @throws {Error} of the client library when a type is not installed */
  constructor(options: TopicRecorderOptions) {
    this.#options = options;
    this.records = options.topics.map(({ topic }) => ({ topic, recorded: 0, dropped: 0, unfit: 0 }));
    this.#subscriptions = options.topics.map((topic, channel) => this.#subscribe(topic, channel));
  }

  /**
   * Writes latched messages again that are older than what is kept, so that a saved file has the fixed transforms and the description of
   * the robot.
   * @param begin time of the oldest message that is kept (ns, log time)
   */
  repeatLatched(begin: bigint): void {
    for (const message of [...this.#latched.values()].flat())
      if (message.logTime < begin)
        this.#options.output.write({ ...message, logTime: begin, data: message.data.slice() });
  }

  close(): void {
    for (const each of this.#subscriptions) this.#options.node.destroySubscription(each);
  }

  #subscribe(topic: DefinedTopic, channel: number): RclSubscription {
    const { rcl, node } = this.#options;
    const qos = qosOf(rcl, topic.qos);
    const { sourceTime } = topic.schema;
    if (sourceTime === 'middleware') {
      const codec = messageCodec(topic.type);
      const take = catchErrors(node.getLogger(), topic.topic, (message: object, source: bigint) =>
        this.#take(
          channel,
          () => codec.write(message),
          () => onStampClock(this.#options.stampClock, source),
        ),
      );
      // The client library asks for the middleware's information when the callback has two parameters.
      return node.createSubscription(topic.type, topic.topic, { qos }, (message: object, info: RclMessageInfo) =>
        take(message, info.sourceTimestamp),
      );
    }
    const take = catchErrors(node.getLogger(), topic.topic, (bytes: Uint8Array) =>
      this.#take(
        channel,
        () => bytes,
        () => (sourceTime === 'header' ? this.#stampOf(topic, bytes) : undefined),
      ),
    );
    return node.createSubscription(topic.type, topic.topic, { isRaw: true, qos }, take);
  }

  /** @param stamp time of the source (ns); undefined: that of the receipt stands for it */
  #take(channel: number, encode: () => Uint8Array, stamp: () => bigint | undefined): void {
    const { clock, stampClock, output, topics } = this.#options;
    const record = this.records[channel];
    if (output.backlogBytes > MAXIMUM_BACKLOG_BYTES) {
      record.dropped++;
      return;
    }
    const logTime = onStampClock(stampClock, nanosecondsOf(clock.now()));
    const latched = isLatched(topics[channel]);
    if (logTime === undefined && !latched) {
      record.unfit++;
      return;
    }
    let data: Uint8Array;
    try {
      data = encode();
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      record.unfit++;
      return;
    }
    const taken = { channel, data, stamp };
    if (logTime === undefined) {
      this.#early = [...this.#early, taken].slice(-MAXIMUM_EARLY);
      return;
    }
    for (const each of [...this.#early, taken]) this.#write(each, logTime);
    this.#early = [];
  }

  /** The stamp of a message with a header, on the clock of the stamps (ns). */
  #stampOf({ stamps }: DefinedTopic, bytes: Uint8Array): bigint | undefined {
    const stamp = headerStamp(bytes);
    return stamp !== undefined && stamps === 'system' ? onStampClock(this.#options.stampClock, stamp) : stamp;
  }

  #write({ channel, data, stamp }: Taken, logTime: bigint): void {
    const message = { channel, logTime, publishTime: stamp() ?? logTime, data };
    if (isLatched(this.#options.topics[channel])) this.#remember({ ...message, data: data.slice() });
    this.records[channel].recorded++;
    this.#options.output.write(message);
  }

  #remember(message: McapMessage): void {
    const { topics } = this.#options;
    const newest = [...(this.#latched.get(message.channel) ?? []), message];
    this.#latched.set(message.channel, newest.slice(-qosProfile(topics[message.channel].qos).depth));
  }
}
