import type { Clock, ImageFrame, SignalSpec, Stamped, StreamValue } from '@praxis/core';
import {
  type Header,
  imageFrameOf,
  JointStateReader,
  MessageError,
  type MessageOf,
  type MessageType,
  wrenchOf,
} from '@praxis/wire';
import type { Observable } from 'rxjs';
import type { QosKind } from '../rcl/qos.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { checkCoding, decodePicture } from '../streams/decode-picture.ts';
import { fitted } from '../streams/resize.ts';
import { Topic, type TopicStatus } from '../streams/topic.ts';

/** The topic of a robot's stream. */
export interface StreamTopic extends TopicStatus {
  readonly stream$: Observable<Stamped<StreamValue>>;
}

/** Names relative to the node's namespace; `--ros-args -r` renames them. */
export const topicOf = (stream: string): string => {
  if (stream.startsWith('images.')) return `camera_${stream.slice('images.'.length)}/image_raw`;
  return stream === 'joints' ? 'joint_states' : stream;
};

/** How pictures come: `sensor_msgs/Image`, or JPEG and PNG on the topic's `compressed` (image_transport). */
export const IMAGE_TRANSPORTS = ['raw', 'compressed'] as const;
export type ImageTransport = (typeof IMAGE_TRANSPORTS)[number];

export interface TopicSource {
  readonly rcl: Rcl;
  readonly node: RclNode;
  readonly clock: Clock;
  readonly imageTransport: ImageTransport;
}

/** Subscribes to the topic that a stream comes from. */
export function openTopic({ imageTransport, ...source }: TopicSource, spec: SignalSpec): StreamTopic {
  const topic = topicOf(spec.name);
  const open = <K extends MessageType, T extends StreamValue>(
    type: K,
    qos: QosKind,
    read: (message: MessageOf[K]) => T,
  ): StreamTopic => new Topic({ ...source, type, topic, qos, read });
  const { modality } = spec;
  if (modality === 'vision' && imageTransport === 'compressed') {
    return new Topic({
      ...source,
      type: 'sensor_msgs/msg/CompressedImage',
      topic: `${topic}/compressed`,
      qos: 'image',
      read: (message) => {
        sameFrame(message.header, spec);
        checkCoding(message);
        return message;
      },
      decode: async (message) => picture(await decodePicture(message), spec),
    });
  }
  if (modality === 'vision') {
    return open('sensor_msgs/msg/Image', 'image', (message) => {
      sameFrame(message.header, spec);
      return picture(imageFrameOf(message), spec);
    });
  }
  if (modality === 'wrench') {
    return open('geometry_msgs/msg/WrenchStamped', 'sensor', (message) => {
      sameFrame(message.header, spec);
      return wrenchOf(message);
    });
  }
  if (modality === 'joints') {
    const reader = new JointStateReader(spec.names ?? []);
    return open('sensor_msgs/msg/JointState', 'sensor', (message) => reader.read(message));
  }
  return open('std_msgs/msg/String', 'event', ({ data }) => data);
}

/** A wrench or picture in another frame than the one that is meant is worse than none. */
function sameFrame({ frame_id: frame }: Header, spec: SignalSpec): void {
  if (frame.replace(/^\//, '') === spec.frame) return;
  throw new MessageError(`frame_id ${JSON.stringify(frame)}, expected ${spec.frame}`);
}

function picture(frame: ImageFrame, { shape: [height, width] }: SignalSpec): ImageFrame {
  return fitted(frame, width, height);
}
