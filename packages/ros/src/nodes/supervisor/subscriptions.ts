import type { ArmCommand, SignalSpec, Stamped } from '@praxis/core';
import type { JointTrajectoryMessage, TwistStamped } from '@praxis/wire';
import type { Observable } from 'rxjs';
import { catchErrors } from '../../rcl/catch-errors.ts';
import type { RosSession } from '../../rcl/session.ts';
import { COMMAND_TOPIC, commandOf, senderOf } from '../../robot/command-topic.ts';
import { type NodeRobot, namespaceOf } from '../../robot/node-robot.ts';
import { openTopic } from '../../robot/stream-topics.ts';
import { twistOf } from '../../robot/twist.ts';
import { subscribe } from '../../streams/session-topics.ts';
import type { TopicStatus } from '../../streams/topic.ts';
import type { CommandAuthority } from './command-authority.ts';
import type { SupervisorThread } from './supervisor-thread.ts';

/** What the subscriptions serve. */
export interface StreamSubscription {
  readonly supervisor: SupervisorThread;
  readonly authority: CommandAuthority;
  readonly streams: readonly SignalSpec[];
  readonly robot: NodeRobot;
}

/** A command and whether its sender may move the robot. */
interface ReceivedCommand {
  readonly command: ArmCommand;
  readonly accepted: boolean;
}

/** A topic of commands. */
interface CommandTopic extends TopicStatus {
  readonly stream$: Observable<Stamped<ReceivedCommand>>;
}

/** Names of the topics of the commands. */
export const commandTopics = (robot: NodeRobot): readonly string[] =>
  [...robot.arms, ...robot.bases].map(({ name }) => `${namespaceOf(name, robot)}${COMMAND_TOPIC}`);

/** Subscribes to the streams and to the commands. @returns topics by stream name, commands under their topic's name */
export function subscribeStreams(
  session: RosSession,
  { supervisor, authority, streams, robot }: StreamSubscription,
): ReadonlyMap<string, TopicStatus> {
  const topics = new Map<string, TopicStatus>();
  for (const spec of streams) {
    const topic = openTopic({ ...session, ...robot.drivers }, spec);
    topic.stream$.subscribe(
      catchErrors(session.log, topic.name, (sample) => supervisor.acceptSample(spec.name, sample)),
    );
    topics.set(spec.name, topic);
  }
  const listen = (group: string, topic: CommandTopic): void => {
    topic.stream$.subscribe(
      catchErrors(session.log, topic.name, ({ value: { command, accepted }, ...times }) => {
        if (accepted) supervisor.acceptCommand(group, { value: command, ...times });
      }),
    );
    topics.set(topic.name, topic);
  };
  const topicOf = (group: string): string => `${namespaceOf(group, robot)}${COMMAND_TOPIC}`;
  // Before the check of the order: the stamps of two senders mix.
  const isAccepted = (message: JointTrajectoryMessage | TwistStamped): boolean =>
    authority.accept(senderOf(message), session.clock.now());
  for (const { name, joints } of robot.arms) {
    const topic = subscribe(session, {
      type: 'trajectory_msgs/msg/JointTrajectory',
      topic: topicOf(name),
      qos: 'command',
      read: (message): ReceivedCommand => {
        const command = commandOf(message, joints);
        return { command, accepted: isAccepted(message) };
      },
    });
    listen(name, topic);
  }
  for (const { name, names } of robot.bases) {
    const topic = subscribe(session, {
      type: 'geometry_msgs/msg/TwistStamped',
      topic: topicOf(name),
      qos: 'command',
      read: (message): ReceivedCommand => ({
        command: { position: twistOf(message.twist, names), gripperWidth: 0 },
        accepted: isAccepted(message),
      }),
    });
    listen(name, topic);
  }
  return topics;
}
