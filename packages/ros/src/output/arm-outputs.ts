import type { Kinematics } from '@praxis/core';
import { type ControllerName, type ControllerTopic, controllerTopic } from './controller-topic.ts';
import { type Output, TICKS_PER_MESSAGE, TopicOutput, type TopicOutputOptions } from './output.ts';

/** Kinds of controller that can move an arm: two of ros2_control and two modes of MoveIt Servo. */
export const CONTROLLERS = ['forward_position', 'joint_trajectory', 'servo_twist', 'servo_jog'] as const;
/** One kind of {@link CONTROLLERS}. */
export type Controller = (typeof CONTROLLERS)[number];

/** Time (s) from the sending of a trajectory point to its due time: two periods of a controller at 100 Hz. */
const TRAJECTORY_LEAD_S = 0.02;

const EMPTY = new Float64Array(0);

/** Options of {@link armOutput}. */
export interface ArmOutputOptions extends TopicOutputOptions {
  readonly joints: readonly string[];
  readonly kinematics: Kinematics;
  /** Name of the controller's node, which its topic begins with; empty: the usual one of its kind. */
  readonly controllerName: ControllerName;
  /** Frame in which twists are expressed. */
  readonly baseFrame: string;
}

/** Usual name of each kind of controller, its topic below that name, and the type of the messages. */
const TOPICS = {
  forward_position: ['forward_position_controller', 'commands', 'std_msgs/msg/Float64MultiArray'],
  joint_trajectory: ['joint_trajectory_controller', 'joint_trajectory', 'trajectory_msgs/msg/JointTrajectory'],
  servo_twist: ['servo_node', 'delta_twist_cmds', 'geometry_msgs/msg/TwistStamped'],
  servo_jog: ['servo_node', 'delta_joint_cmds', 'control_msgs/msg/JointJog'],
} as const satisfies Record<Controller, readonly [usual: string, topic: string, type: string]>;

/** The topic of a kind of controller. @throws {InputError} when the controller's name is not valid */
export function armTopic(kind: Controller, controllerName: ControllerName): ControllerTopic {
  const [usual, topic, type] = TOPICS[kind];
  return { topic: controllerTopic(controllerName, usual, topic), type };
}

/** Makes the arm's output for a kind of controller. @throws {InputError} when the controller's name is not valid */
export function armOutput(kind: Controller, options: ArmOutputOptions): Output {
  const { joints, kinematics, controllerName, baseFrame } = options;
  const { topic } = armTopic(kind, controllerName);
  switch (kind) {
    case 'forward_position':
      return new TopicOutput(options, TOPICS[kind][2], topic, ({ position }) => ({
        layout: { dim: [], data_offset: 0 },
        data: position,
      }));
    case 'joint_trajectory':
      return new TopicOutput(
        options,
        TOPICS[kind][2],
        topic,
        ({ position, velocity }) => ({
          // A zero stamp starts the trajectory on receipt.
          header: { stamp: { sec: 0, nanosec: 0 }, frame_id: '' },
          joint_names: joints,
          points: [
            {
              positions: position.map((q, i) => q + TRAJECTORY_LEAD_S * velocity[i]),
              velocities: velocity,
              accelerations: EMPTY,
              effort: EMPTY,
              time_from_start: { sec: 0, nanosec: TRAJECTORY_LEAD_S * 1e9 },
            },
          ],
        }),
        TICKS_PER_MESSAGE,
      );
    case 'servo_twist': {
      const jacobian = new Float64Array(6 * joints.length);
      return new TopicOutput(
        options,
        TOPICS[kind][2],
        topic,
        ({ position, velocity }, { stamp }) => {
          kinematics.jacobian(position, jacobian);
          const row = (r: number): number =>
            velocity.reduce((sum, speed, i) => sum + jacobian[r * joints.length + i] * speed, 0);
          return {
            header: { stamp, frame_id: baseFrame },
            twist: {
              linear: { x: row(0), y: row(1), z: row(2) },
              angular: { x: row(3), y: row(4), z: row(5) },
            },
          };
        },
        TICKS_PER_MESSAGE,
      );
    }
    case 'servo_jog':
      return new TopicOutput(
        options,
        TOPICS[kind][2],
        topic,
        ({ velocity }, { stamp }) => ({
          header: { stamp, frame_id: baseFrame },
          joint_names: joints,
          displacements: EMPTY,
          velocities: velocity,
          duration: 0,
        }),
        TICKS_PER_MESSAGE,
      );
  }
}
