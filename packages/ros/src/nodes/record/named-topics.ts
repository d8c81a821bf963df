import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@praxis/core';
import type { RclNode } from '../../rcl/types.ts';
import type { RecordedTopic } from './topics.ts';

const TOPIC_NAME = /^(~\/|\/)?[A-Za-z_]\w*(\/[A-Za-z_]\w*)*$/;
const TYPE_NAME = /^[A-Za-z]\w*\/msg\/[A-Za-z]\w*$/;

/** Longest wait (s) for a publisher of a topic whose type no parameter names. */
const DISCOVERY_TIMEOUT_S = 5;
/** Time (ms) between two looks for publishers. */
const LOOK_PERIOD_MS = 100;

/** An entry of the parameter `topics`. */
export interface NamedTopic {
  readonly topic: string;
  /** Undefined: that of its publisher. */
  readonly type: string | undefined;
}

/** Parses the parameter `topics`. @throws {InputError} for an entry that is not `TOPIC` or `TOPIC TYPE` */
export const namedTopics = (entries: readonly string[]): readonly NamedTopic[] =>
  entries
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const [topic, type, ...rest] = entry.trim().split(/\s+/);
      if (rest.length === 0 && TOPIC_NAME.test(topic) && (type === undefined || TYPE_NAME.test(type)))
        return { topic, type };
      throw new InputError(
        `parameter topics: ${JSON.stringify(entry)}, expected "TOPIC" or "TOPIC TYPE", such as "/scan sensor_msgs/msg/LaserScan"`,
      );
    });

/**
 * Adds named topics to those of the robot. Where a name has no type, it is that of the topic's publisher, for which this waits.
 * @param timeout longest wait (s)
 * @throws {InputError} when a topic has no publisher, publishers of several types, or another type among those of the robot
 */
export async function withNamedTopics(
  node: Pick<RclNode, 'resolveTopicName' | 'getPublishersInfoByTopic'>,
  topics: readonly RecordedTopic[],
  named: readonly NamedTopic[],
  timeout = DISCOVERY_TIMEOUT_S,
): Promise<readonly RecordedTopic[]> {
  const all = new Map(topics.map((each) => [node.resolveTopicName(each.topic), each]));
  for (const { topic, type: given } of named) {
    const name = node.resolveTopicName(topic);
    const known = all.get(name);
    if (known && given !== undefined && given !== known.type)
      throw new InputError(`parameter topics: ${name} has the type ${known.type}, not ${given}`);
    if (known) continue;
    const type = given ?? (await publishedType(node, name, timeout));
    all.set(name, { topic, type, qos: 'sensor' });
  }
  return [...all].map(([topic, each]) => ({ ...each, topic }));
}

async function publishedType(
  node: Pick<RclNode, 'getPublishersInfoByTopic'>,
  name: string,
  timeout: number,
): Promise<string> {
  for (const end = Date.now() + 1000 * timeout; ; await sleep(LOOK_PERIOD_MS)) {
    const types = [...new Set(node.getPublishersInfoByTopic(name, false).map(({ topic_type }) => topic_type))];
    if (types.length === 1) return types[0];
    if (types.length > 1) throw new InputError(`parameter topics: ${name} has the types ${types.join(' and ')}`);
    if (Date.now() >= end) {
      throw new InputError(
        `parameter topics: ${name} has no publisher that would say its type; expected "${name} TYPE", such as "${name} sensor_msgs/msg/LaserScan"`,
      );
    }
  }
}
