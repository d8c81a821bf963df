import { randomUUID } from 'node:crypto';
import { type ArmCommand, type BaseCommand, GRIPPER, type RobotCommand } from '@praxis/core';
import { type Header, type JointTrajectoryMessage, MessageError, type TwistStamped, timeOf } from '@praxis/wire';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';
import { type NodeArm, type NodeBase, namespaceOf } from './node-robot.ts';
import type { CommandSink } from './ros-robot.ts';
import { twistMessageOf } from './twist.ts';

/**
 * Topic of the commands to the supervisor, in the namespace of the command group where there are several. Those of an arm are
 * trajectories of one point, with the gripper's width among the joints, those of a base stamped twists. `frame_id` holds the sender, see
 * {@link senderOf}.
 */
export const COMMAND_TOPIC = 'command';

/** Period of the commands (s): control loop, supervisor and drives run at 500 Hz. */
export const CONTROL_PERIOD_S = 0.002;

const EMPTY = new Float64Array(0);

/** The command groups of a robot, as far as their commands need them. */
export interface CommandedGroups {
  readonly arms: readonly Pick<NodeArm, 'name' | 'joints'>[];
  readonly bases: readonly Pick<NodeBase, 'name' | 'names'>[];
}

/** Publishes the commands of one group. */
interface GroupPublisher {
  readonly publisher:
    | CdrPublisher<'trajectory_msgs/msg/JointTrajectory'>
    | CdrPublisher<'geometry_msgs/msg/TwistStamped'>;
  send(command: RobotCommand, header: Header): void;
}

/** Publishes commands for the supervisor. */
export class CommandPublisher implements CommandSink {
  readonly #groups: ReadonlyMap<string, GroupPublisher>;
  readonly #sender: string;

  constructor(rcl: Rcl, node: RclNode, groups: CommandedGroups) {
    const topicOf = (name: string): string => `${namespaceOf(name, groups)}${COMMAND_TOPIC}`;
    this.#groups = new Map([
      ...groups.arms.map(({ name, joints }) => [name, armPublisher(rcl, node, topicOf(name), joints)] as const),
      ...groups.bases.map(({ name, names }) => [name, basePublisher(rcl, node, topicOf(name), names)] as const),
    ]);
    // Two nodes may have the same name.
    this.#sender = `${node.getFullyQualifiedName()} ${randomUUID()}`;
  }

  /** Number of subscribers of the group that has the fewest. */
  get listeners(): number {
    return Math.min(...[...this.#groups.values()].map(({ publisher }) => publisher.listeners));
  }

  send(command: RobotCommand, stamp: number, name: string): void {
    this.#groups.get(name)?.send(command, { stamp: timeOf(stamp), frame_id: this.#sender });
  }

  close(): void {
    for (const { publisher } of this.#groups.values()) publisher.close();
  }
}

function armPublisher(rcl: Rcl, node: RclNode, topic: string, joints: readonly string[]): GroupPublisher {
  const publisher = new CdrPublisher(rcl, node, 'trajectory_msgs/msg/JointTrajectory', topic, 'command');
  const names = [...joints, GRIPPER];
  return {
    publisher,
    send(command, header) {
      const { position, gripperWidth } = command as ArmCommand;
      const positions = new Float64Array(names.length);
      positions.set(position);
      positions[position.length] = gripperWidth;
      const point = { positions, velocities: EMPTY, accelerations: EMPTY, effort: EMPTY };
      publisher.publish({
        header,
        joint_names: names,
        points: [{ ...point, time_from_start: { sec: 0, nanosec: 0 } }],
      });
    },
  };
}

function basePublisher(rcl: Rcl, node: RclNode, topic: string, names: readonly string[]): GroupPublisher {
  const publisher = new CdrPublisher(rcl, node, 'geometry_msgs/msg/TwistStamped', topic, 'command');
  return {
    publisher,
    send(command, header) {
      publisher.publish({ header, twist: twistMessageOf((command as BaseCommand).twist, names) });
    },
  };
}

/** A full name of a node and a unique part. A frame of tf has no space in its name. */
const SENDER = /^\/\S+ \S+$/;

/** The sender in a command's `frame_id`: the full name of its node, a space and a unique part. Empty when it does not hold one. */
export const senderOf = ({ header }: JointTrajectoryMessage | TwistStamped): string =>
  SENDER.test(header.frame_id) ? header.frame_id : '';

/**
 * The command in a message; joints bind by name. Numbers that are not finite are passed on: the supervisor rejects them.
 * @throws {MessageError} unless the message has one point and each of the joints once.
 */
export function commandOf(
  { joint_names: names, points }: JointTrajectoryMessage,
  joints: readonly string[],
): ArmCommand {
  if (points.length !== 1) throw new MessageError(`command: ${points.length} points, expected 1`);
  const { positions } = points[0];
  if (positions.length !== names.length) {
    throw new MessageError(`command: ${positions.length} positions for ${names.length} names`);
  }
  const at = (name: string): number => {
    const place = names.indexOf(name);
    if (place >= 0 && place === names.lastIndexOf(name)) return positions[place];
    const problem = place < 0 ? `no ${name}` : `${name} occurs twice`;
    throw new MessageError(`command: ${problem} among ${names.join(', ')}`);
  };
  return { position: Float64Array.from(joints, at), gripperWidth: at(GRIPPER) };
}
