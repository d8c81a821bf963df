import type { Channel, Schema } from '@mcap/core';
import { schemaText } from './schema-text.ts';

/** A topic of a recording. */
export interface McapChannel {
  /** Name of the topic, with a leading `/`. */
  readonly topic: string;
  /** Message type, as `package/msg/Name`; its messages are in CDR. */
  readonly type: string;
  /** Further facts beside the topic's quality of service. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The quality of service that `ros2 bag play` offers for a topic, as rosbag2 up to Humble writes it: reliable and volatile, with the
 * integers of `rmw_qos_*_policy_t`.
 */
const QOS_PROFILE = `- history: 3
  depth: 0
  reliability: 1
  durability: 2
  deadline:
    sec: 9223372036
    nsec: 854775807
  lifespan:
    sec: 9223372036
    nsec: 854775807
  liveliness: 1
  liveliness_lease_duration:
    sec: 9223372036
    nsec: 854775807
  avoid_ros_namespace_conventions: false`;

/** Profile of an MCAP file with messages of ROS 2. */
export const ROS2_PROFILE = 'ros2';

/** Records of the schemas and channels of a file. Channel i has the id i + 1, and types that several channels have are given once. */
export function channelRecords(channels: readonly McapChannel[]): {
  readonly schemas: readonly Schema[];
  readonly channels: readonly Channel[];
} {
  const types = [...new Set(channels.map(({ type }) => type))];
  const utf8 = new TextEncoder();
  return {
    schemas: types.map((name, i) => ({ id: i + 1, name, encoding: 'ros2msg', data: utf8.encode(schemaText(name)) })),
    channels: channels.map(({ topic, type, metadata = {} }, i) => ({
      id: i + 1,
      schemaId: types.indexOf(type) + 1,
      topic,
      messageEncoding: 'cdr',
      metadata: new Map([['offered_qos_profiles', QOS_PROFILE], ...Object.entries(metadata)]),
    })),
  };
}
