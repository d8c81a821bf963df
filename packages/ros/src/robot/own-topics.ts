import {
  firstLine,
  InputError,
  type PolicySpec,
  type RobotSpec,
  type SignalSpec,
  type StreamValue,
  sampleFault,
} from '@praxis/core';
import type { ModalityDefinition, ModalityTopic } from '@praxis/sim';
import { type Header, hasHeader, MESSAGE_TYPES, MessageError } from '@praxis/wire';
import { RosMissingError } from '../rcl/load.ts';
import type { RosSession } from '../rcl/session.ts';
import { publish } from '../streams/session-topics.ts';
import { checkFrame } from './check-frame.ts';

/** The topic of a user's sensor. */
export interface OwnTopic extends Required<ModalityTopic> {
  /** Stream of the sensor. */
  readonly spec: SignalSpec;
}

/** A topic's name without a leading `~` or `/`, which would leave the nodes' namespace. */
const TOPIC_NAME = /^[A-Za-z_]\w*(\/[A-Za-z_]\w*)*$/;

/**
 * The topic of a modality.
 * @throws {InputError} when its type is unknown or has no header, or its name is no name of a topic
 */
export function ownTopicOf({ spec, topic }: ModalityDefinition & { readonly topic: ModalityTopic }): OwnTopic {
  const { name = spec.name, type } = topic;
  const refuse = (problem: string): never => {
    throw new InputError(`modality ${spec.name}: ${problem}`);
  };
  if (!TOPIC_NAME.test(name)) refuse(`"${name}" is no name of a topic, expected letters, digits, "_" and "/"`);
  if (!MESSAGE_TYPES.includes(type)) {
    refuse(`message type ${type} is unknown, expected one of the standard packages such as sensor_msgs/msg/Imu`);
  }
  if (!hasHeader(type)) refuse(`message type ${type} has no header, which holds the time of a sample`);
  // A topic may be an object of a class, whose methods need it as `this`.
  return {
    spec,
    name,
    type,
    read: (message) => topic.read(message),
    write: (value, header) => topic.write(value, header),
  };
}

/** The topics of those modalities that have one. @throws {InputError} as {@link ownTopicOf} */
export const ownTopicsOf = (modalities: readonly ModalityDefinition[]): readonly OwnTopic[] =>
  modalities.flatMap(({ topic, ...each }) => (topic ? [ownTopicOf({ ...each, topic })] : []));

/**
 * The topics of the modalities that a policy needs beside the arm's streams.
 * @throws {InputError} when one of them has no topic, and as {@link ownTopicOf}
 */
export function neededTopics(
  { name, inputs }: PolicySpec,
  arm: RobotSpec,
  modalities: readonly ModalityDefinition[],
): readonly OwnTopic[] {
  const ofArm = new Set(arm.streams.map((stream) => stream.name));
  const needed = modalities.filter(
    ({ spec }) => !ofArm.has(spec.name) && inputs.some((each) => each.name === spec.name),
  );
  const silent = needed.find(({ topic }) => topic === undefined);
  if (silent) {
    throw new InputError(
      `policy ${name}, input ${silent.spec.name}: its modality has no topic, so the sensor exists in the simulator alone`,
    );
  }
  return ownTopicsOf(needed);
}

/**
 * Converts a message to a sample that fits the spec of the stream.
 * @throws {MessageError} when the frame is another one, or the sample does not fit
 */
export function sampleOf({ spec, read }: OwnTopic, message: object): StreamValue {
  if (spec.frame !== '') checkFrame((message as { readonly header: Header }).header, spec);
  const value = read(message);
  const fault = sampleFault(value, spec);
  if (fault !== undefined) throw new MessageError(fault);
  return value;
}

/**
 * Opens a publisher or subscription of a user's type.
 * @throws {RosMissingError} when ROS 2 does not have the type
 */
export function withType<T>({ spec, type }: OwnTopic, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw new RosMissingError(
      `modality ${spec.name}: no messages of ${type} (${firstLine(cause)}): install their package and run "npm run ros" again`,
      { cause },
    );
  }
}

/**
 * Publishes the samples of a user's sensor until the node closes.
 * @returns a function that publishes one sample with this header; it throws as the topic's `write`
 * @throws {RosMissingError} when ROS 2 does not have the type
 */
export function publishOwn(session: RosSession, own: OwnTopic): (value: StreamValue, header: Header) => void {
  const publisher = withType(own, () => publish(session, own.type, own.name, 'published'));
  return (value, header) => publisher.publish(own.write(value, header));
}
