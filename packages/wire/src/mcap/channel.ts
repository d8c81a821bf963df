import type { Channel, Schema } from '@mcap/core';
import { schemaText } from './schema-text.ts';

/** A topic of a recording. */
export interface McapChannel {
  /** Name of the topic, with a leading `/`. */
  readonly topic: string;
  /** Message type, as `package/msg/Name`; its messages are in CDR. */
  readonly type: string;
  /** Definition of the type in the schema encoding `ros2msg`. Default: {@link schemaText}, which knows the types of `MESSAGE_TYPES`. */
  readonly schema?: string;
  /** `transient_local`: `ros2 bag play` offers the newest messages to late subscribers, as for `/tf_static`. Default: `volatile`. */
  readonly durability?: 'volatile' | 'transient_local';
  /** Further facts beside the topic's quality of service. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Durability in the integers of `rmw_qos_durability_policy_t`. */
const DURABILITY = { volatile: 2, transient_local: 1 } as const;

/** The quality of service that `ros2 bag play` offers for a topic, as rosbag2 up to Humble writes it: reliable, with the integers of `rmw_qos_*_policy_t`. */
const qosProfile = (durability: keyof typeof DURABILITY): string => `- history: 3
  depth: 0
  reliability: 1
  durability: ${DURABILITY[durability]}
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
  const textOf = (name: string): string =>
    channels.find(({ type, schema }) => type === name && schema !== undefined)?.schema ?? schemaText(name);
  const utf8 = new TextEncoder();
  return {
    schemas: types.map((name, i) => ({ id: i + 1, name, encoding: 'ros2msg', data: utf8.encode(textOf(name)) })),
    channels: channels.map(({ topic, type, durability = 'volatile', metadata = {} }, i) => ({
      id: i + 1,
      schemaId: types.indexOf(type) + 1,
      topic,
      messageEncoding: 'cdr',
      metadata: new Map([['offered_qos_profiles', qosProfile(durability)], ...Object.entries(metadata)]),
    })),
  };
}
