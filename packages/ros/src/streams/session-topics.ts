import type { MessageType } from '@praxis/wire';
import type { QosKind } from '../rcl/qos.ts';
import type { RosSession } from '../rcl/session.ts';
import { CdrPublisher } from './cdr-publisher.ts';
import { Topic, type TopicOptions } from './topic.ts';

const TEXT = 'std_msgs/msg/String';

/** Publishes on a topic until the node ends. */
export function publish<K extends MessageType>(
  { rcl, node, onClose }: RosSession,
  type: K,
  topic: string,
  qos: QosKind,
): CdrPublisher<K> {
  const publisher = new CdrPublisher(rcl, node, type, topic, qos);
  onClose(() => publisher.close());
  return publisher;
}

/** Publishes texts until the node ends. */
export const publishText = (session: RosSession, topic: string, qos: QosKind = 'event'): CdrPublisher<typeof TEXT> =>
  publish(session, TEXT, topic, qos);

/** Subscribes to a topic until the node ends. */
export function subscribe<K extends MessageType, T>(
  { rcl, node, clock, onClose }: RosSession,
  options: Omit<TopicOptions<K, T>, 'rcl' | 'node' | 'clock'>,
): Topic<K, T> {
  const topic = new Topic({ rcl, node, clock, ...options });
  onClose(() => topic.close());
  return topic;
}

/** Subscribes to texts until the node ends. */
export function subscribeText(
  session: RosSession,
  topic: string,
  act: (text: string) => void,
  qos: QosKind = 'event',
): void {
  subscribe(session, { type: TEXT, topic, qos, read: ({ data }) => data }).stream$.subscribe(({ value }) => act(value));
}
