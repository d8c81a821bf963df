import type { AdmittanceOptions } from './admittance.ts';
import type { ControlState } from './target-follower.ts';

/** Moves the joints of one arm by the targets of one action space. */
export interface ArmMotion {
  /**
   * Commanded joint positions (rad), in the order of the kinematics. The array belongs to the controller; callers must
   * not write to it.
   */
  readonly joints: Float64Array;
  /** Commanded tool pose `[x, y, z, qx, qy, qz, qw]`, base frame. */
  readonly pose: Float64Array;
  /** Starts at rest at these measured joint positions (rad), in the order of the kinematics. */
  reset(joints: Float64Array): void;
  /**
   * Computes one control period: updates `joints` and `pose`.
   * @param dt duration (s), more than 0
   * @param contact wrench of the environment on the tool, base axes (N, Nm, force first)
   */
  move(state: ControlState, dt: number, contact: ArrayLike<number>): void;
  /**
   * Makes the tool compliant, or stiff again with undefined.
   * @throws {InputError} when an option is out of range, or the motion cannot comply.
   */
  setAdmittance(options: AdmittanceOptions | undefined): void;
}
