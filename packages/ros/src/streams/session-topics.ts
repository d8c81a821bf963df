import { catchErrors } from '../rcl/catch-errors.ts';
import type { QosKind } from '../rcl/qos.ts';
import type { RosSession } from '../rcl/session.ts';
import { CdrPublisher } from './cdr-publisher.ts';
import { Topic, type TopicOptions } from './topic.ts';

const TEXT = 'std_msgs/msg/String';

/** Creates a publisher that closes with the node. */
export function publish<K extends string>(
  { rcl, node, onClose }: RosSession,
  type: K,
  topic: string,
  qos: QosKind,
): CdrPublisher<K> {
  const publisher = new CdrPublisher(rcl, node, type, topic, qos);
  onClose(() => publisher.close());
  return publisher;
}

/** Creates a publisher of texts that closes with the node. */
export const publishText = (session: RosSession, topic: string, qos: QosKind = 'event'): CdrPublisher<typeof TEXT> =>
  publish(session, TEXT, topic, qos);

/** Subscribes to a topic until the node closes. */
export function subscribe<K extends string, T>(
  { rcl, node, clock, onClose }: RosSession,
  options: Omit<TopicOptions<K, T>, 'rcl' | 'node' | 'clock'>,
): Topic<K, T> {
  const topic = new Topic({ rcl, node, clock, ...options });
  onClose(() => topic.close());
  return topic;
}

/** Subscribes to texts until the node closes. */
export function subscribeText(
  session: RosSession,
  topic: string,
  onText: (text: string) => void,
  qos: QosKind = 'event',
): void {
  subscribe(session, { type: TEXT, topic, qos, read: ({ data }) => data }).stream$.subscribe(
    catchErrors(session.log, topic, ({ value }) => onText(value)),
  );
}
