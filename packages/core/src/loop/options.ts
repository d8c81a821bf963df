import type { EndEffectorControllerOptions } from '../control/end-effector-controller.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { ChunkScheduler, Policy } from '../ports/policy.ts';
import type { Robot } from '../ports/robot.ts';
import type { Modality } from '../signals/specs.ts';
import type { ToolLoad } from './contact-wrench.ts';
import type { InferenceTiming } from './inference.ts';

export interface ControlLoopOptions {
  readonly robot: Robot;
  readonly policy: Policy;
  readonly kinematics: Kinematics;
  readonly scheduler: ChunkScheduler;
  readonly inference: InferenceTiming;
  readonly controller?: EndEffectorControllerOptions;
  /** What hangs on the force/torque sensor; without it there is no `wrench.contact`, and admittance feels nothing. */
  readonly tool?: ToolLoad;
  /** Modalities or stream names that the policy is not to see. */
  readonly mask?: Iterable<Modality | string>;
  /** Milliseconds of a monotonic clock, for the statistics only. Default `performance.now`. */
  readonly performanceNow?: () => number;
  /** Frame in which the kinematics work. Default `base_link`. */
  readonly baseFrame?: string;
  /** Joints whose sum is the gripper's width. Default `finger_joint1`, `finger_joint2`. */
  readonly fingerJoints?: readonly string[];
  /** The command that takes arm targets. Default `arm`. */
  readonly command?: string;
  /** Where targets of the tool may lie; a chunk with one outside counts as a failure of the policy. Default: anywhere. */
  readonly workspace?: Workspace;
  /**
   * A chunk that answers an observation older than this (s) is dropped, whatever it still holds: the queue is empty then.
   * Default: as long as it lasts.
   */
  readonly maximumChunkAge?: number;
}

/** A box in the base frame (m). */
export interface Workspace {
  readonly minimum: readonly [number, number, number];
  readonly maximum: readonly [number, number, number];
}
