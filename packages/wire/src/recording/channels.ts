import { elementUnit, type RobotSpec, type SignalSpec } from '@praxis/core';
import type { McapChannel } from '../mcap/channel.ts';
import type { MessageType } from '../messages/messages.ts';
import { topicOf } from '../values/topic.ts';
import { streamMessages } from './stream-messages.ts';

/** Topics of a recording beside the robot's streams, with their types. */
export const RECORD_TOPICS = {
  /** Commands of the loop, before the supervisor. */
  loopCommand: ['/praxis/loop_command', 'praxis_msgs/msg/Command'],
  /** Commands that the supervisor sent to the robot. */
  robotCommand: ['/praxis/robot_command', 'praxis_msgs/msg/Command'],
  observation: ['/praxis/observation', 'praxis_msgs/msg/Observation'],
  chunk: ['/praxis/chunk', 'praxis_msgs/msg/ActionChunk'],
  gates: ['/praxis/gates', 'praxis_msgs/msg/Gates'],
  loopEvent: ['/praxis/loop_event', 'praxis_msgs/msg/LoopEvent'],
  safetyEvent: ['/praxis/safety_event', 'praxis_msgs/msg/SafetyEvent'],
  operatorInput: ['/praxis/operator_input', 'praxis_msgs/msg/OperatorInput'],
  period: ['/praxis/period', 'praxis_msgs/msg/Period'],
  diagnostics: ['/diagnostics', 'diagnostic_msgs/msg/DiagnosticArray'],
  /** Who drives, at the beginning, at each change and once a second. */
  driver: ['/praxis/driver', 'praxis_msgs/msg/Driver'],
} as const satisfies Readonly<Record<string, readonly [topic: string, type: MessageType]>>;

/** Name of a topic of a recording beside the robot's streams. */
export type RecordTopic = keyof typeof RECORD_TOPICS;

/** The record topics, in the order of their channels, which follow those of the streams. */
export const RECORD_TOPIC_NAMES = Object.keys(RECORD_TOPICS) as readonly RecordTopic[];

/** Characters that a topic of ROS may not have. */
const OUTSIDE_NAMES = /[^A-Za-z0-9_/]/g;

/** The topic of a stream in a recording. */
export const streamTopic = (stream: string): string => `/${topicOf(stream).replace(OUTSIDE_NAMES, '_')}`;

/** The channels of a robot's recording: one for each stream, in their order, then {@link RECORD_TOPICS}. */
export const recordingChannels = ({ streams }: Pick<RobotSpec, 'streams'>): readonly McapChannel[] => [
  ...streams.map((spec) => ({
    topic: streamTopic(spec.name),
    type: streamMessages(spec).type,
    metadata: {
      stream: spec.name,
      frame: spec.frame,
      unit: unitsOf(spec),
      rate_hz: String(spec.rateHz),
      ...namesOf(spec),
    },
  })),
  ...RECORD_TOPIC_NAMES.map((name) => ({ topic: RECORD_TOPICS[name][0], type: RECORD_TOPICS[name][1] })),
];

const unitsOf = (spec: SignalSpec): string =>
  typeof spec.unit === 'string' ? spec.unit : spec.unit.map((_, i) => elementUnit(spec, i)).join(' ');

const namesOf = ({ names }: SignalSpec): Readonly<Record<string, string>> => (names ? { names: names.join(' ') } : {});
