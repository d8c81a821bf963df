import type { Header } from '@praxis/wire';

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
  /** Number of controllers that receive the targets. */
  readonly listeners: number;
  send(target: Target, header: Header): void;
  close(): void;
}
