import type { Kinematics } from '@praxis/core';
import { type ControllerName, controllerTopic } from './controller-topic.ts';
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

/** Makes the arm's output for a kind of controller. @throws {InputError} when the controller's name is not valid */
export function armOutput(kind: Controller, options: ArmOutputOptions): Output {
  const { joints, kinematics, controllerName, baseFrame } = options;
  const below = (usual: string, topic: string): string => controllerTopic(controllerName, usual, topic);
  switch (kind) {
    case 'forward_position':
      return new TopicOutput(
        options,
        'std_msgs/msg/Float64MultiArray',
        below('forward_position_controller', 'commands'),
        ({ position }) => ({ layout: { dim: [], data_offset: 0 }, data: position }),
      );
    case 'joint_trajectory':
      return new TopicOutput(
        options,
        'trajectory_msgs/msg/JointTrajectory',
        below('joint_trajectory_controller', 'joint_trajectory'),
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
        'geometry_msgs/msg/TwistStamped',
        below('servo_node', 'delta_twist_cmds'),
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
        'control_msgs/msg/JointJog',
        below('servo_node', 'delta_joint_cmds'),
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
