import { randomUUID } from 'node:crypto';
import { type ArmCommand, GRIPPER } from '@praxis/core';
import { type JointTrajectoryMessage, MessageError, timeOf } from '@praxis/wire';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';
import type { CommandSink } from './ros-robot.ts';

/**
 * Topic of the commands to the supervisor: trajectories of one point, with the gripper's width among the joints. `frame_id` holds
 * the sender, see {@link senderOf}.
 */
export const COMMAND_TOPIC = 'command';

/** Period of the commands (s): control loop, supervisor and drives run at 500 Hz. */
export const CONTROL_PERIOD_S = 0.002;

const EMPTY = new Float64Array(0);

/** Publishes commands for the supervisor. */
export class CommandPublisher implements CommandSink {
  readonly #publisher: CdrPublisher<'trajectory_msgs/msg/JointTrajectory'>;
  readonly #names: readonly string[];
  readonly #sender: string;

  constructor(rcl: Rcl, node: RclNode, joints: readonly string[]) {
    this.#publisher = new CdrPublisher(rcl, node, 'trajectory_msgs/msg/JointTrajectory', COMMAND_TOPIC, 'command');
    this.#names = [...joints, GRIPPER];
    // Two nodes may have the same name.
    this.#sender = `${node.getFullyQualifiedName()} ${randomUUID()}`;
  }

  get listeners(): number {
    return this.#publisher.listeners;
  }

  send({ position, gripperWidth }: ArmCommand, stamp: number): void {
    const positions = new Float64Array(this.#names.length);
    positions.set(position);
    positions[position.length] = gripperWidth;
    this.#publisher.publish({
      header: { stamp: timeOf(stamp), frame_id: this.#sender },
      joint_names: this.#names,
      points: [
        {
          positions,
          velocities: EMPTY,
          accelerations: EMPTY,
          effort: EMPTY,
          time_from_start: { sec: 0, nanosec: 0 },
        },
      ],
    });
  }

  close(): void {
    this.#publisher.close();
  }
}

/** A full name of a node and a unique part. A frame of tf has no space in its name. */
const SENDER = /^\/\S+ \S+$/;

/** The sender in a command's `frame_id`: the full name of its node, a space and a unique part. Empty when it does not hold one. */
export const senderOf = ({ header }: JointTrajectoryMessage): string =>
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
