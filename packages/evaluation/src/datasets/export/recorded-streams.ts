import { InputError, type RobotSpec, type SignalSpec, type StreamValue } from '@praxis/core';
import { type CommandMessage, MessageError, type MessageOf, type MessageType, messageCodec } from '@praxis/wire';
import type { McapFile, ReadMessage } from '@praxis/wire/mcap';
import { RECORD_TOPICS, streamMessages, streamTopic } from '@praxis/wire/recording';
import { checkRawPictures, foreignError, parseRobotSpec } from '../../recording/recorded-facts.ts';
import { FACTS, saysDriver } from '../../recording/start-facts.ts';

const SECONDS_PER_NANOSECOND = 1e-9;
const seconds = (nanoseconds: bigint): number => Number(nanoseconds) * SECONDS_PER_NANOSECOND;

/** What happens in a recording, in its order. Times are seconds of the recording's clock. */
export type RecordedEvent =
  | {
      readonly kind: 'sample';
      readonly spec: SignalSpec;
      readonly value: StreamValue;
      readonly stamp: number;
      readonly received: number;
    }
  | { readonly kind: 'command'; readonly command: CommandMessage; readonly received: number }
  | { readonly kind: 'gates'; readonly gates: MessageOf['praxis_msgs/msg/Gates']; readonly received: number }
  /** Who drives from now on: `policy`, or `operator` for a person. */
  | { readonly kind: 'driver'; readonly driver: string; readonly received: number }
  /** The end of a control period, with the state of the supervisor; it is empty without one. */
  | { readonly kind: 'period'; readonly time: number; readonly dropped: number; readonly safetyState: string };

/**
 * The robot of a recording.
 * @throws {InputError} for a file that another program recorded
 */
export function recordedRobot(file: McapFile): RobotSpec {
  const text = file.facts(FACTS)?.robot_spec;
  if (text === undefined) throw foreignError(file);
  checkRawPictures(file);
  return parseRobotSpec(file.name, text);
}

/** Streams of the robot whose topic is in the file; a redacted one lacks some. */
export const recordedStreams = (file: McapFile, { streams }: RobotSpec): readonly SignalSpec[] => {
  const topics = new Set([...file.channels.values()].map(({ topic }) => topic));
  return streams.filter(({ name }) => topics.has(streamTopic(name)));
};

/**
 * Reads samples, commands of the supervisor, gates, drivers and periods of a recording. It needs no checksums, so that a redacted recording and one of
 * the last seconds can be read too.
 * @param streams streams to read
 * @throws {McapError} with the offset for a damaged file
 * @throws {InputError} for a message that is not of its type
 */
export async function* recordedEvents(file: McapFile, streams: readonly SignalSpec[]): AsyncGenerator<RecordedEvent> {
  const specs = new Map(streams.map((spec) => [streamTopic(spec.name), spec]));
  const { robotCommand: command, gates, period, driver, operatorInput } = RECORD_TOPICS;
  // Recordings of before have the changes alone, among what a person did.
  const fromInputs = !saysDriver(file.facts(FACTS));
  for await (const message of file.messages()) {
    const topic = file.channels.get(message.channelId)?.topic ?? '';
    const received = seconds(message.logTime);
    const spec = specs.get(topic);
    if (spec) {
      const { type, read } = streamMessages(spec);
      const value = decode(file.name, topic, message, () =>
        read(messageCodec(type as string).read(message.data) as object),
      );
      yield { kind: 'sample', spec, value, stamp: seconds(message.publishTime), received };
    } else if (topic === command[0]) {
      yield { kind: 'command', command: content(file.name, topic, message, command[1]), received };
    } else if (topic === gates[0]) {
      yield { kind: 'gates', gates: content(file.name, topic, message, gates[1]), received };
    } else if (topic === driver[0]) {
      yield { kind: 'driver', driver: content(file.name, topic, message, driver[1]).driver, received };
    } else if (fromInputs && topic === operatorInput[0]) {
      const { kind, text } = content(file.name, topic, message, operatorInput[1]);
      if (kind === 'driver') yield { kind: 'driver', driver: text, received };
    } else if (topic === period[0]) {
      const { time, dropped, safety_state: safetyState } = content(file.name, topic, message, period[1]);
      yield { kind: 'period', time, dropped, safetyState };
    }
  }
}

const content = <K extends MessageType>(name: string, topic: string, message: ReadMessage, type: K): MessageOf[K] =>
  decode(name, topic, message, () => messageCodec(type as string).read(message.data) as MessageOf[K]);

function decode<T>(name: string, topic: string, { sequence }: ReadMessage, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof MessageError)) throw cause;
    throw new InputError(`${name}: ${topic}, message ${sequence}: ${cause.message}`, { cause });
  }
}
