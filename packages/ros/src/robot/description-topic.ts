import { InputError } from '@praxis/core';
import { MessageError } from '@praxis/wire';
import { mismatchOf } from '../diagnostics/topic-report.ts';
import type { RosSession } from '../rcl/session.ts';
import { subscribe } from '../streams/session-topics.ts';

/**
 * Topic of the URDF, in the node's namespace: `std_msgs/msg/String`, transient local, as `robot_state_publisher` and the drivers of
 * ros2_control publish it.
 */
export const DESCRIPTION_TOPIC = 'robot_description';

/** Longest wait (s) for the URDF: a launch file starts the publisher together with the nodes. */
export const DESCRIPTION_TIMEOUT_S = 30;

/**
 * Waits for the first URDF on {@link DESCRIPTION_TOPIC}; a message that is no XML is passed over.
 * @param timeout longest wait (s)
 * @throws {InputError} after the time, with the reason why nothing came; it names the parameter and the topic
 */
export async function receiveDescription(session: RosSession, timeout = DESCRIPTION_TIMEOUT_S): Promise<string> {
  const { node, log } = session;
  const topic = subscribe(session, {
    type: 'std_msgs/msg/String',
    topic: DESCRIPTION_TOPIC,
    qos: 'latched',
    read: ({ data }) => {
      if (data.trimStart().startsWith('<')) return data;
      throw new MessageError(`${JSON.stringify(data.slice(0, 40))}, expected a URDF`);
    },
  });
  const name = node.resolveTopicName(DESCRIPTION_TOPIC);
  log.info(`the parameter robot_description is empty: waits up to ${timeout} s for a URDF on the topic ${name}`);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      topic.stream$.subscribe(({ value }) => resolve(value));
      timer = setTimeout(() => {
        const publishers = node.getPublishersInfoByTopic(name, false);
        const none = publishers.length > 0 ? 'its publisher sent none' : 'it has no publisher';
        const reason = mismatchOf(publishers, topic) ?? (topic.lastFault || none);
        reject(
          new InputError(
            `no description of the robot: the parameter robot_description is empty, and no URDF came on the topic ${name} within ${timeout} s (${reason})`,
          ),
        );
      }, 1000 * timeout);
    });
  } finally {
    clearTimeout(timer);
    topic.close();
  }
}
