import type { SignalSpec } from '@praxis/core';
import { topicOf } from '@praxis/wire';
import { type OutputGroups, type OutputTopicValues, outputTopics } from '../../output/group-outputs.ts';
import type { QosKind } from '../../rcl/qos.ts';
import type { RosSession } from '../../rcl/session.ts';
import { COMMAND_TOPIC } from '../../robot/command-topic.ts';
import { DESCRIPTION_TOPIC } from '../../robot/description-topic.ts';
import { namespaceOf } from '../../robot/node-robot.ts';
import {
  ANSWER_TOPIC,
  HEARTBEAT_TOPIC,
  HEARTBEAT_TYPE,
  POWER_TOPIC,
  TRANSCRIPT_TOPIC,
  VERDICT_TOPIC,
} from '../../robot/node-topics.ts';
import type { OwnTopic } from '../../robot/own-topics.ts';
import type { ImageTransport } from '../../robot/stream-topics.ts';

/** A topic to record. */
export interface RecordedTopic {
  /** Name, as the node resolves it. */
  readonly topic: string;
  /** Message type, as `package/msg/Name`. */
  readonly type: string;
  readonly qos: QosKind;
  /** `system`: its stamps are of the system's clock, also with `use_sim_time`. Default: they are of the clock of the sensors. */
  readonly stamps?: 'system';
}

/** The parts of a robot that its topics depend on. */
export interface RecordedRobot extends OutputGroups {
  readonly streams: readonly Pick<SignalSpec, 'name' | 'modality'>[];
  readonly imageTransport: ImageTransport;
  /** Topic of the gripper's joint states; undefined for that of the arm's. */
  readonly gripperStates: string | undefined;
}

const TEXT = 'std_msgs/msg/String';
const JOINTS = 'sensor_msgs/msg/JointState';

/** The topics of a robot's streams, as `openTopic` subscribes to them, with the calibration of each camera. */
export function streamTopics({ streams, imageTransport, gripperStates }: RecordedRobot): readonly RecordedTopic[] {
  const ofStreams = streams.flatMap(({ name, modality }): readonly RecordedTopic[] => {
    const topic = topicOf(name);
    if (modality === 'vision') {
      const info = topic.replace('image_raw', 'camera_info');
      const image: RecordedTopic =
        imageTransport === 'compressed'
          ? { topic: `${topic}/compressed`, type: 'sensor_msgs/msg/CompressedImage', qos: 'everyImage' }
          : { topic, type: 'sensor_msgs/msg/Image', qos: 'everyImage' };
      return [image, { topic: info, type: 'sensor_msgs/msg/CameraInfo', qos: 'everySample' }];
    }
    if (modality === 'wrench') return [{ topic, type: 'geometry_msgs/msg/WrenchStamped', qos: 'everySample' }];
    if (modality === 'joints') return [{ topic, type: JOINTS, qos: 'everySample' }];
    if (modality === 'odometry') return [{ topic, type: 'nav_msgs/msg/Odometry', qos: 'everySample' }];
    return [{ topic, type: TEXT, qos: 'event' }];
  });
  return [
    ...ofStreams,
    ...(gripperStates ? [{ topic: gripperStates, type: JOINTS, qos: 'everySample' } as const] : []),
  ];
}

/** The topics between the nodes for each command group: commands and brakes. */
const groupTopics = (robot: OutputGroups): readonly RecordedTopic[] => {
  const of =
    (type: string) =>
    ({ name }: { readonly name: string }): readonly RecordedTopic[] => [
      { topic: `${namespaceOf(name, robot)}${COMMAND_TOPIC}`, type, qos: 'everySample', stamps: 'system' },
      { topic: `${namespaceOf(name, robot)}${POWER_TOPIC}`, type: 'std_msgs/msg/Bool', qos: 'latched' },
    ];
  return [
    ...robot.arms.flatMap(of('trajectory_msgs/msg/JointTrajectory')),
    ...robot.bases.flatMap(of('geometry_msgs/msg/TwistStamped')),
  ];
};

/** What the nodes publish beside the streams and the commands. @param supervisor name of the supervisor's node */
const nodeTopics = (supervisor: string): readonly RecordedTopic[] => [
  { topic: `${supervisor}/state`, type: TEXT, qos: 'latched' },
  { topic: `${supervisor}/event`, type: TEXT, qos: 'event' },
  { topic: HEARTBEAT_TOPIC, type: HEARTBEAT_TYPE, qos: 'event' },
  ...[VERDICT_TOPIC, ANSWER_TOPIC, TRANSCRIPT_TOPIC, 'intent', 'stop_word', 'teleop_node/event'].map(
    (topic): RecordedTopic => ({ topic, type: TEXT, qos: 'event' }),
  ),
  { topic: 'speech', type: 'hri_msgs/msg/LiveSpeech', qos: 'event' },
  { topic: 'sim_node/task', type: TEXT, qos: 'latched' },
  { topic: DESCRIPTION_TOPIC, type: TEXT, qos: 'latched' },
  { topic: '/diagnostics', type: 'diagnostic_msgs/msg/DiagnosticArray', qos: 'event' },
  { topic: '/rosout', type: 'rcl_interfaces/msg/Log', qos: 'event' },
  { topic: '/tf', type: 'tf2_msgs/msg/TFMessage', qos: 'everySample' },
  { topic: '/tf_static', type: 'tf2_msgs/msg/TFMessage', qos: 'latchedByMany' },
];

/** The topics of sound. */
const SOUND: readonly RecordedTopic[] = [
  { topic: 'audio', type: 'audio_common_msgs/msg/AudioData', qos: 'everySample' },
  { topic: 'audio_stamped', type: 'audio_common_msgs/msg/AudioDataStamped', qos: 'everySample' },
  { topic: 'audio_info', type: 'audio_common_msgs/msg/AudioInfo', qos: 'event' },
];

/** Options of {@link praxisTopics}. */
export interface PraxisTopicsOptions {
  readonly robot: RecordedRobot;
  readonly own: readonly Pick<OwnTopic, 'name' | 'type'>[];
  readonly values: OutputTopicValues & { readonly supervisor: string; readonly sound: boolean };
}

/**
 * Every topic of a robot and of the nodes of Praxis: sensors, commands, targets of the controllers, states, events, words and diagnostics.
 * Sound only where it is asked for.
 * @throws {InputError} when the name of a controller is not valid
 */
export const praxisTopics = (
  session: Pick<RosSession, 'rcl' | 'node'>,
  { robot, own, values }: PraxisTopicsOptions,
): readonly RecordedTopic[] => [
  ...streamTopics(robot),
  ...own.map(({ name, type }): RecordedTopic => ({ topic: name, type, qos: 'everySample' })),
  ...groupTopics(robot),
  ...outputTopics(session, robot, values).map((each): RecordedTopic => ({ ...each, qos: 'everySample' })),
  ...nodeTopics(values.supervisor),
  ...(values.sound ? SOUND : []),
];
