import type { Clock, ImageFrame, JointState, SignalSpec, Stamped, StreamValue } from '@praxis/core';
import { type CompressedImage, imageFrameOf, type Message, odometryOf, topicOf, wrenchOf } from '@praxis/wire';
import type { Observable } from 'rxjs';
import type { QosKind } from '../rcl/qos.ts';
import type { StampClock } from '../rcl/stamp-clock.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { checkCoding, decodeImage } from '../streams/decode-image.ts';
import { cropAndResize } from '../streams/resize.ts';
import { Topic, type TopicStatus } from '../streams/topic.ts';
import { checkFrame } from './check-frame.ts';
import type { DriverJoints } from './driver-joints.ts';
import { type GripperStates, JOINT_AGE_S, JointTopic } from './joint-topic.ts';
import { type OwnTopic, sampleOf, withType } from './own-topics.ts';

/** The topic of a robot's stream. */
export interface StreamTopic extends TopicStatus {
  readonly stream$: Observable<Stamped<StreamValue>>;
}

/** Transports of images: `sensor_msgs/Image`, or JPEG and PNG on the topic's `compressed` (image_transport). */
export const IMAGE_TRANSPORTS = ['raw', 'compressed'] as const;
/** One of {@link IMAGE_TRANSPORTS}. */
export type ImageTransport = (typeof IMAGE_TRANSPORTS)[number];

/** The node and the settings that subscriptions to a robot's topics need. */
export interface TopicSource {
  readonly rcl: Rcl;
  readonly node: RclNode;
  readonly clock: Clock;
  /** Clock of the stamps of the sensors. Default: `clock`. */
  readonly stampClock?: StampClock;
  readonly imageTransport: ImageTransport;
  /** Without it, the gripper's joints are published as often as the arm's. */
  readonly gripperStates?: GripperStates;
  /** Turns the positions of a gripper's joints into its width. Without it the joints are those of the samples. */
  readonly driverJoints?: DriverJoints;
  /** Largest age (s) of a joint's state relative to the others in one sample. Default: 0.2. */
  readonly jointAge?: number;
  /** Topics of a user's sensors beside those of the arm. Default: none. */
  readonly own?: readonly OwnTopic[];
  /**
   * Decides about the texts of streams of language, and returns the text of the sample. Default: every text passes.
   * @throws {MessageError} with the reason for which a text is refused
   */
  readonly admitText?: (text: string) => string;
}

/** Subscribes to the topic of a stream. @throws {RosMissingError} when ROS 2 does not have the type of a user's sensor */
export function openTopic(
  { imageTransport, gripperStates, driverJoints, jointAge = JOINT_AGE_S, own = [], admitText, ...source }: TopicSource,
  spec: SignalSpec,
): StreamTopic {
  const sensor = own.find((each) => each.spec.name === spec.name);
  if (sensor) {
    const { name, type } = sensor;
    const read = (message: object) => sampleOf(sensor, message);
    return withType(
      sensor,
      () => new Topic({ ...source, type, topic: name, qos: 'sensor', rateHz: spec.rateHz, read }),
    );
  }
  const topic = topicOf(spec.name);
  const { modality, rateHz } = spec;
  const open = <K extends string, T extends StreamValue>(
    type: K,
    qos: QosKind,
    read: (message: Message<K>) => T,
  ): StreamTopic => new Topic({ ...source, type, topic, qos, rateHz, read });
  if (modality === 'vision' && imageTransport === 'compressed') {
    return new Topic<'sensor_msgs/msg/CompressedImage', CompressedImage, ImageFrame>({
      ...source,
      type: 'sensor_msgs/msg/CompressedImage',
      topic: `${topic}/compressed`,
      qos: 'image',
      rateHz,
      read: (message) => {
        checkFrame(message.header, spec);
        checkCoding(message);
        return message;
      },
      decode: async (message) => fittedImage(await decodeImage(message), spec),
    });
  }
  if (modality === 'vision') {
    return open('sensor_msgs/msg/Image', 'image', (message) => {
      checkFrame(message.header, spec);
      return fittedImage(imageFrameOf(message), spec);
    });
  }
  if (modality === 'wrench') {
    return open('geometry_msgs/msg/WrenchStamped', 'sensor', (message) => {
      checkFrame(message.header, spec);
      return wrenchOf(message);
    });
  }
  if (modality === 'joints') {
    return new JointTopic({
      ...{ ...source, topic, rateHz, gripper: gripperStates, maximumAge: jointAge },
      names: driverJoints?.names ?? spec.names ?? [],
      ...(driverJoints ? { convert: (state: JointState) => driverJoints.toStream(state) } : {}),
    });
  }
  if (modality === 'odometry') {
    return open('nav_msgs/msg/Odometry', 'sensor', (message) => {
      checkFrame(message.header, spec);
      return odometryOf(message);
    });
  }
  return open('std_msgs/msg/String', 'event', ({ data }) => admitText?.(data) ?? data);
}

function fittedImage(frame: ImageFrame, { shape: [height, width] }: SignalSpec): ImageFrame {
  return cropAndResize(frame, width, height);
}
