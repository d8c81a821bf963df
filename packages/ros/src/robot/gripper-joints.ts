import type { Gripper } from '@praxis/sim';

/**
 * The gripper of a robot's folder between its driver, which knows joints (rad, m), and the loop, which knows one width (m). Grippers
 * whose joints add up to the width need no conversion.
 */
export class GripperJoints {
  /** Names of the joints, as drivers publish them and controllers take them. */
  readonly names: readonly string[];
  readonly #gripper: Gripper;

  /** Returns undefined for a robot without a gripper, and for a gripper whose joints add up to the width. */
  static of(gripper: Gripper | undefined): GripperJoints | undefined {
    return gripper && gripper.streamNames.join() !== gripper.joints.join() ? new GripperJoints(gripper) : undefined;
  }

  private constructor(gripper: Gripper) {
    this.names = gripper.joints;
    this.#gripper = gripper;
  }

  /** Positions (rad, m) of the joints at a width (m), in a new array. */
  positionsAt(width: number): Float64Array {
    const positions = new Float64Array(this.names.length);
    this.#gripper.positionsAt(width, positions);
    return positions;
  }

  /** Width (m) at positions (rad, m) of the joints. */
  widthOf(positions: Float64Array): number {
    return this.#gripper.widthOf(positions);
  }

  /** Speed of the width (m/s) at positions (rad, m) and velocities (rad/s, m/s) of the joints. */
  speedOf(positions: Float64Array, velocities: Float64Array): number {
    return this.#gripper.speedOf(positions, velocities);
  }
}
