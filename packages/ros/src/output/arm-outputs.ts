import type { Kinematics } from '@praxis/core';
import type { Header, Message } from '@praxis/wire';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';
import { controllerTopic } from './controller-topic.ts';

/** The targets of an arm and its gripper at one time. */
export interface Target {
  /** Joint positions (rad), in the order of the joints. */
  readonly position: Float64Array;
  /** Joint velocities (rad/s), in the order of the joints. */
  readonly velocity: Float64Array;
  /** Distance between the fingers (m). */
  gripperWidth: number;
}

/** Sends targets to a robot's controllers. */
export interface Output {
  /** Name of the topic or action, for diagnostics. */
  readonly name: string;
  readonly kind: 'topic' | 'action' | 'none';
  /** Number of controllers that receive the targets. */
  readonly listeners: number;
  send(target: Target, header: Header): void;
  close(): void;
}

/** Kinds of controller that can move an arm: two of ros2_control and two modes of MoveIt Servo. */
export const CONTROLLERS = ['forward_position', 'joint_trajectory', 'servo_twist', 'servo_jog'] as const;
/** One kind of {@link CONTROLLERS}. */
export type Controller = (typeof CONTROLLERS)[number];

/** Time (s) from the sending of a trajectory point to its due time: two periods of a controller at 100 Hz. */
const TRAJECTORY_LEAD_S = 0.02;
/** Periods of 2 ms between two messages: 100 Hz. A trajectory controller replaces its whole trajectory each time. */
const TICKS_PER_TRAJECTORY = 5;

const EMPTY = new Float64Array(0);

/** Options of {@link armOutput}. */
export interface ArmOutputOptions {
  readonly rcl: Rcl;
  readonly node: RclNode;
  readonly joints: readonly string[];
  readonly kinematics: Kinematics;
  /** Name of the controller's node, which its topic begins with; empty: the usual one of its kind. */
  readonly controllerName: string;
  /** Frame in which twists are expressed. */
  readonly baseFrame: string;
}

/** Converts targets to messages of one topic and publishes every n-th of them. */
class TopicOutput<K extends string> implements Output {
  readonly kind = 'topic';
  readonly #publisher: CdrPublisher<K>;
  readonly #message: (target: Target, header: Header) => Message<K>;
  readonly #every: number;
  #ticks = 0;

  constructor(
    { rcl, node }: ArmOutputOptions,
    type: K,
    topic: string,
    message: (target: Target, header: Header) => Message<K>,
    every = 1,
  ) {
    this.#publisher = new CdrPublisher(rcl, node, type, topic, 'command');
    this.#message = message;
    this.#every = every;
  }

  get name(): string {
    return this.#publisher.topic;
  }

  get listeners(): number {
    return this.#publisher.listeners;
  }

  send(target: Target, header: Header): void {
    if (this.#ticks++ % this.#every === 0) this.#publisher.publish(this.#message(target, header));
  }

  close(): void {
    this.#publisher.close();
  }
}

/** Makes the arm's output for a kind of controller. @throws {InputError} when the controller's name is not valid */
export function armOutput(kind: Controller, options: ArmOutputOptions): Output {
  const { joints, kinematics, controllerName, baseFrame } = options;
  const below = (usual: string, topic: string): string =>
    controllerTopic({ parameter: 'controller_name', name: controllerName }, usual, topic);
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
        TICKS_PER_TRAJECTORY,
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
        TICKS_PER_TRAJECTORY,
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
        TICKS_PER_TRAJECTORY,
      );
  }
}
