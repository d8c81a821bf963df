import type { Kinematics } from '../ports/kinematics.ts';
import type { AdmittanceOptions } from './admittance.ts';
import type { ArmMotion } from './arm-motion.ts';
import {
  EndEffectorController,
  type EndEffectorControllerOptions,
  type EndEffectorTargets,
} from './end-effector-controller.ts';
import { GripperController, type GripperControllerOptions } from './gripper-controller.ts';
import { JointController, type JointControllerOptions, type JointTargets } from './joint-controller.ts';
import type { ControlState } from './target-follower.ts';

/** Limits and tuning of an {@link ArmController}. */
export interface ArmControllerOptions extends EndEffectorControllerOptions, GripperControllerOptions {
  /** Limits of an arm that follows joints. */
  readonly joints?: JointControllerOptions;
}

/** Views of the targets that an {@link ArmController} follows. */
export interface ArmTargets {
  readonly motion: EndEffectorTargets | JointTargets;
  /** Wanted width (m), one number; undefined for an arm whose gripper no action moves. */
  readonly gripper?: Float64Array;
}

const followsJoints = (motion: ArmTargets['motion']): motion is JointTargets => 'order' in motion;

/** Controls one arm and its gripper by the actions of its command group. */
export class ArmController {
  readonly #motion: ArmMotion;
  readonly #gripper: GripperController;
  readonly #targets: ArmTargets;

  /** @throws {InputError} when an option is out of range, or an arm that follows joints is to comply. */
  constructor(kinematics: Kinematics, targets: ArmTargets, options: ArmControllerOptions = {}) {
    const { motion, gripper } = targets;
    this.#targets = targets;
    this.#gripper = new GripperController(gripper, options);
    if (followsJoints(motion)) {
      this.#motion = new JointController(kinematics, motion, options.joints);
      this.#motion.setAdmittance(options.admittance);
    } else this.#motion = new EndEffectorController(kinematics, motion, options);
  }

  /** Target of the newest action in its space: for a tool pose `[x, y, z, qx, qy, qz, qw]`. */
  get target(): Float64Array {
    return this.#targets.motion.motion;
  }

  /** Commanded joint positions (rad), in the order of the kinematics. Callers must not write to them. */
  get joints(): Float64Array {
    return this.#motion.joints;
  }

  /** Commanded tool pose `[x, y, z, qx, qy, qz, qw]`, base frame. */
  get pose(): Float64Array {
    return this.#motion.pose;
  }

  /** Commanded gripper width (m). */
  get gripperWidth(): number {
    return this.#gripper.width;
  }

  /**
   * Starts at rest.
   * @param joints measured joint positions (rad), in the order of the kinematics
   * @param gripperWidth measured width (m)
   */
  reset(joints: Float64Array, gripperWidth: number): void {
    this.#motion.reset(joints);
    this.#gripper.reset(gripperWidth);
  }

  /** See {@link EndEffectorController.setAdmittance}. */
  setAdmittance(options: AdmittanceOptions | undefined): void {
    this.#motion.setAdmittance(options);
  }

  /**
   * Computes one control period: updates `joints`, `gripperWidth` and `pose`.
   * @param dt duration (s); nothing happens unless it is more than 0
   * @param contact wrench of the environment on the tool, base axes (N, Nm, force first)
   */
  move(state: ControlState, dt: number, contact: ArrayLike<number>): void {
    if (!(dt > 0)) return;
    this.#motion.move(state, dt, contact);
    this.#gripper.move(state, dt);
  }
}
