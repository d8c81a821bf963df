import type { EndEffectorControllerOptions } from '../control/end-effector-controller.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { ChunkScheduler, Policy } from '../ports/policy.ts';
import type { Robot } from '../ports/robot.ts';
import type { Modality } from '../signals/specs.ts';
import type { ToolLoad } from './contact-wrench.ts';
import type { InferenceTiming } from './inference.ts';

/** Parts and limits of a {@link ControlLoop}. */
export interface ControlLoopOptions {
  readonly robot: Robot;
  readonly policy: Policy;
  readonly kinematics: Kinematics;
  readonly scheduler: ChunkScheduler;
  readonly inference: InferenceTiming;
  readonly controller?: EndEffectorControllerOptions;
  /** Load of the force/torque sensor. Without it there is no `wrench.contact`, and admittance has no input. */
  readonly tool?: ToolLoad;
  /** Modalities or stream names hidden from the policy. */
  readonly mask?: Iterable<Modality | string>;
  /** Monotonic time (ms), for statistics only. Default `performance.now`. */
  readonly performanceNow?: () => number;
  /** Base frame of the kinematics. Default `base_link`. */
  readonly baseFrame?: string;
  /** Joints whose positions add up to the gripper width. Default `finger_joint1`, `finger_joint2`. */
  readonly fingerJoints?: readonly string[];
  /** Name of the robot's arm command. Default `arm`. */
  readonly command?: string;
  /**
   * Box that must contain all targets. A chunk with a target outside counts as a failure of the policy. Default: no
   * limit.
   */
  readonly workspace?: Workspace;
  /**
   * Largest age of the observation of a chunk (s). The rest of an older chunk is dropped, and the queue is empty.
   * Default: no limit.
   */
  readonly maximumChunkAge?: number;
}

/** A box in the base frame (m). */
export interface Workspace {
  readonly minimum: readonly [number, number, number];
  readonly maximum: readonly [number, number, number];
}
