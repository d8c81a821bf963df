import type { RobotSetup } from '@praxis/sim';
import { type Message, MessageError } from '@praxis/wire';
import { CMD_VEL_TOPIC } from '../../output/base-outputs.ts';
import type { RosSession } from '../../rcl/session.ts';
import { namespaceOf } from '../../robot/node-robot.ts';
import { POWER_TOPIC } from '../../robot/node-topics.ts';
import { twistOf } from '../../robot/twist.ts';
import { subscribe } from '../../streams/session-topics.ts';
import type { TopicStatus } from '../../streams/topic.ts';
import type { ArmCommands } from './arm-commands.ts';

/** What the topics of the controllers lead to. */
export interface CommandHandlers {
  readonly setup: RobotSetup;
  /** Controllers by the names of the arms' commands. */
  readonly arms: ReadonlyMap<string, ArmCommands>;
  /** Type of the commands to a base: `geometry_msgs/TwistStamped` or `geometry_msgs/Twist`. */
  readonly twists: 'stamped' | 'unstamped';
  /** Time of the newest period (s), from which trajectories count. */
  readonly due: () => number;
  /** Called with the velocities (m/s, rad/s) for a base, in the order of its command. */
  readonly onTwist: (group: string, twist: Float64Array) => void;
  /** Called after each target for the joints of an arm, and each velocity. */
  readonly onCommand: () => void;
  /** Called when the brakes of a group must close (false) or open (true). */
  readonly onPower: (group: string, power: boolean) => void;
}

/**
 * Subscribes to the topics of the controllers and brakes of every command group, as ros2_control names them; those of one of several
 * groups are in its namespace.
 */
export function subscribeCommands(session: RosSession, handlers: CommandHandlers): readonly TopicStatus[] {
  const { setup, arms, twists, due, onTwist, onCommand, onPower } = handlers;
  const topics: TopicStatus[] = [];
  const open = <K extends string>(
    type: K,
    topic: string,
    apply: (message: Message<K>) => void,
    qos: 'targets' | 'latched' = 'targets',
  ): void => {
    // The stamp of a command is its start time, not the time at which it was sent.
    topics.push(subscribe(session, { type, topic, qos, read: apply, stamps: 'ignored' }));
  };
  const openPower = (group: string, prefix: string): void =>
    open('std_msgs/msg/Bool', `${prefix}${POWER_TOPIC}`, ({ data }) => onPower(group, data), 'latched');
  for (const [name, commands] of arms) {
    const prefix = namespaceOf(name, setup);
    open('std_msgs/msg/Float64MultiArray', `${prefix}forward_position_controller/commands`, ({ data }) => {
      commands.queueTarget(data);
      onCommand();
    });
    const trajectories = `${prefix}joint_trajectory_controller/joint_trajectory`;
    open('trajectory_msgs/msg/JointTrajectory', trajectories, (message) => {
      commands.follow(message, due());
      onCommand();
    });
    open('std_msgs/msg/Float64MultiArray', `${prefix}gripper_controller/commands`, ({ data }) =>
      commands.setGripper(data),
    );
    openPower(name, prefix);
  }
  for (const { name } of setup.bases) {
    const prefix = namespaceOf(name, setup);
    const { names = [] } = setup.spec.commands.find((command) => command.name === name)!;
    const drive = (twist: Message<'geometry_msgs/msg/Twist'>): void => {
      const velocities = twistOf(twist, names);
      if (!velocities.every(Number.isFinite)) throw new MessageError(`${name}: ${velocities.join(', ')}`);
      onTwist(name, velocities);
      onCommand();
    };
    const topic = `${prefix}${CMD_VEL_TOPIC}`;
    if (twists === 'stamped') open('geometry_msgs/msg/TwistStamped', topic, ({ twist }) => drive(twist));
    else open('geometry_msgs/msg/Twist', topic, drive);
    openPower(name, prefix);
  }
  return topics;
}
