import { InputError, type SignalSpec, type Stamped, type StreamValue } from '@praxis/core';
import { type Message, MessageError, type MessageOf, messageCodec } from '@praxis/wire';
import type { McapFile, ReadMessage } from '@praxis/wire/mcap';
import {
  RECORD_TOPIC_NAMES,
  RECORD_TOPICS,
  type RecordTopic,
  SampleDigests,
  type StreamMessages,
  streamMessages,
  streamTopic,
} from '@praxis/wire/recording';

/** A sample of a recording. */
export interface RecordedSample {
  readonly stream: string;
  readonly sample: Stamped<StreamValue>;
  /** False if the value is not the one that was recorded. */
  readonly intact: boolean;
}

type PeriodRecords = {
  readonly [T in Exclude<RecordTopic, 'period'>]: readonly MessageOf[(typeof RECORD_TOPICS)[T][1]][];
};

/** Everything that was recorded in one control period, in order. */
export interface RecordedPeriod extends PeriodRecords {
  /** Number of the period, from 0. */
  readonly index: number;
  /** Time of the period (s). */
  readonly time: number;
  readonly loopTicked: boolean;
  readonly safetyState: string;
  /** Samples that were not recorded. */
  readonly dropped: number;
  readonly samples: readonly RecordedSample[];
}

interface StreamReader {
  readonly index: number;
  readonly spec: SignalSpec;
  readonly messages: StreamMessages;
}

/** A sample before its period says when it arrived. */
interface PendingSample {
  readonly reader: StreamReader;
  readonly value: StreamValue;
}

type Pending = { -readonly [T in keyof PeriodRecords]: object[] };

const noRecords = (): Pending =>
  Object.fromEntries(
    RECORD_TOPIC_NAMES.filter((name) => name !== 'period').map((name) => [name, []]),
  ) as unknown as Pending;

/**
 * Reads a recording control period by control period; records after the last whole period are left out.
 * @param streams streams of the robot in the order of its spec
 * @throws {McapError} with the offset for a damaged file
 * @throws {InputError} for records that do not fit together
 */
export async function* recordedPeriods(file: McapFile, streams: readonly SignalSpec[]): AsyncGenerator<RecordedPeriod> {
  const readers = new Map(
    streams.map((spec, index): [string, StreamReader] => [
      streamTopic(spec.name),
      { index, spec, messages: streamMessages(spec) },
    ]),
  );
  const topics = new Map<string, RecordTopic>(RECORD_TOPIC_NAMES.map((name) => [RECORD_TOPICS[name][0], name]));
  const digests = new SampleDigests();
  let samples: PendingSample[] = [];
  let records = noRecords();
  let index = 0;
  for await (const message of file.messages()) {
    const topic = file.channels.get(message.channelId)?.topic ?? '';
    const reader = readers.get(topic);
    if (reader) {
      const { type, read } = reader.messages;
      samples.push({ reader, value: decode(file.name, topic, type as string, message, read) });
      continue;
    }
    const record = topics.get(topic);
    if (!record) continue;
    const content: object = decode(file.name, topic, RECORD_TOPICS[record][1] as string, message, (each) => each);
    if (record !== 'period') {
      records[record].push(content);
      continue;
    }
    const period = content as MessageOf['praxis_msgs/msg/Period'];
    // A recording that kept its last seconds may begin within a period.
    if (index === 0 && samples.length < period.streams.length) {
      samples = [];
      records = noRecords();
      continue;
    }
    yield {
      ...(records as unknown as PeriodRecords),
      index: index++,
      ...{ time: period.time, loopTicked: period.loop_ticked, safetyState: period.safety_state },
      dropped: period.dropped,
      samples: joined(file.name, samples, period, digests),
    };
    samples = [];
    records = noRecords();
  }
}

/** Decodes a message. @throws {InputError} that names the file and the topic */
function decode<K extends string, T = Message<K>>(
  name: string,
  topic: string,
  type: K,
  message: ReadMessage,
  use: (message: Message<K>) => T,
): T {
  try {
    return use(messageCodec(type).read(message.data));
  } catch (cause) {
    if (!(cause instanceof MessageError)) throw cause;
    const at = `${topic}, message ${message.sequence}`;
    throw new InputError(`${name}: ${at}: ${cause.message}`, { cause });
  }
}

/** Joins the values of samples with the times that their period has. */
function joined(
  name: string,
  samples: readonly PendingSample[],
  { time, streams, stamps, received, digests: expected }: MessageOf['praxis_msgs/msg/Period'],
  digests: SampleDigests,
): readonly RecordedSample[] {
  if (streams.length !== samples.length) {
    throw new InputError(`${name}: ${samples.length} samples in the period at ${time} s, which says ${streams.length}`);
  }
  return samples.map(({ reader, value }, i) => {
    if (reader.index !== streams[i]) {
      throw new InputError(
        `${name}: a sample of ${reader.spec.name} in the period at ${time} s, which has another there`,
      );
    }
    const sample = { value, stamp: stamps[i], received: received[i] };
    return { stream: reader.spec.name, sample, intact: digests.of(value) === expected[i] };
  });
}
