import type { ArmControllerOptions } from '../control/arm-controller.ts';
import type { BaseLimits } from '../control/base-controller.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { ChunkScheduler, Policy } from '../ports/policy.ts';
import type { Robot } from '../ports/robot.ts';
import type { Modality } from '../signals/specs.ts';
import type { ToolLoad } from './contact-wrench.ts';
import type { InferenceTiming } from './inference.ts';

/** Limits and tuning of the main arm's controller, and of all. */
export interface LoopControllerOptions extends ArmControllerOptions {
  /** Time after the last action for which its target remains valid (s). Then the robot brakes and holds. Default 0.3. */
  readonly holdAfter?: number;
}

/** An arm that a loop moves beside its main one. */
export interface ArmOptions {
  readonly kinematics: Kinematics;
  /** Limits and tuning; a gripper needs its `gripperRange`, default 0..0.08 m. */
  readonly controller?: ArmControllerOptions;
  /** Base frame of the kinematics. Default `base_link`. */
  readonly baseFrame?: string;
  /** Joints whose positions add up to the gripper width (m). Default: none. */
  readonly fingerJoints?: readonly string[];
  /** Box that must contain all targets of the tool, in the base frame. Default: no limit. */
  readonly workspace?: Workspace;
  /** Load of the force/torque sensor, whose stream is `wrench.NAME`. Without it admittance has no input. */
  readonly tool?: ToolLoad;
}

/** Parts and limits of a {@link ControlLoop}. */
export interface ControlLoopOptions {
  readonly robot: Robot;
  readonly policy: Policy;
  /** Chain of the main arm. Default: none, for a robot without an arm, such as a driven base. */
  readonly kinematics?: Kinematics;
  readonly scheduler: ChunkScheduler;
  readonly inference: InferenceTiming;
  readonly controller?: LoopControllerOptions;
  /** Load of the force/torque sensor. Without it there is no `wrench.contact`, and admittance has no input. */
  readonly tool?: ToolLoad;
  /** Modalities or stream names hidden from the policy. */
  readonly mask?: Iterable<Modality | string>;
  /**
   * Name of a robot that the policy may drive although it was not trained for it. Default: none, so that a policy drives
   * only the robots that it names.
   */
  readonly acceptRobot?: string;
  /**
   * Monotonic time (ms), for statistics and for the expected delay of an inference whose time is measured. Default `performance.now`.
   */
  readonly performanceNow?: () => number;
  /** Base frame of the kinematics. Default `base_link`. */
  readonly baseFrame?: string;
  /** Joints whose positions add up to the gripper width. Default `finger_joint1`, `finger_joint2`. */
  readonly fingerJoints?: readonly string[];
  /** Name of the main arm's command. Default `arm`. */
  readonly command?: string;
  /**
   * Other arms of the robot by the names of their commands. Each has a stream `ee_state.NAME`, and one with a sensor
   * `wrench.contact.NAME`.
   */
  readonly arms?: Readonly<Record<string, ArmOptions>>;
  /** Limits of driven bases by the names of their commands. Default: those of `BaseLimits`. */
  readonly bases?: Readonly<Record<string, BaseLimits>>;
  /**
   * Box that must contain all targets of the main arm's tool. A chunk with a target outside counts as a failure of the policy. Default: no
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
