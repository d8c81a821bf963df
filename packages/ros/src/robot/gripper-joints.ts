import type { JointState } from '@praxis/core';
import type { Gripper } from '@praxis/sim';

/** Time (s) over which the speed of a width becomes speeds of joints. */
const STEP_S = 1e-3;

/**
 * The gripper of a robot's folder between its driver, which knows joints (rad, m), and the loop, which knows one width (m). Grippers
 * whose joints add up to the width need no conversion.
 */
export class GripperJoints {
  /** Names of the joints, as drivers publish them and controllers take them. */
  readonly names: readonly string[];
  readonly #gripper: Gripper;
  readonly #position: Float64Array;
  readonly #velocity: Float64Array;

  /** Returns undefined for a robot without a gripper, and for a gripper whose joints add up to the width. */
  static of(gripper: Gripper | undefined): GripperJoints | undefined {
    return gripper && gripper.streamNames.join() !== gripper.joints.join() ? new GripperJoints(gripper) : undefined;
  }

  private constructor(gripper: Gripper) {
    this.names = gripper.joints;
    this.#gripper = gripper;
    this.#position = new Float64Array(gripper.joints.length);
    this.#velocity = new Float64Array(gripper.joints.length);
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

  /** Turns a state of the arm's joints and the gripper's, which come last, into one of the arm's joints and the width. */
  toWidth({ names, position, velocity, effort }: JointState): JointState {
    const arm = names.length - this.names.length;
    this.#position.set(position.subarray(arm));
    this.#velocity.set(velocity.subarray(arm));
    const withLast = (values: Float64Array, last: number): Float64Array => {
      const out = new Float64Array(arm + 1);
      out.set(values.subarray(0, arm));
      out[arm] = last;
      return out;
    };
    return {
      names: [...names.slice(0, arm), ...this.#gripper.streamNames],
      position: withLast(position, this.widthOf(this.#position)),
      velocity: withLast(velocity, this.#gripper.speedOf(this.#position, this.#velocity)),
      // No force between the fingers follows from the joints' efforts alone.
      ...(effort ? { effort: withLast(effort, Number.NaN) } : {}),
    };
  }

  /** Turns a state of the arm's joints and the width, which comes last, into one of the arm's joints and the gripper's. */
  toJoints({ names, position, velocity }: JointState): JointState {
    const arm = names.length - 1;
    const width = position[arm];
    const positions = this.positionsAt(width);
    const later = this.positionsAt(width + STEP_S * velocity[arm]);
    const speeds = later.map((value, i) => (value - positions[i]) / STEP_S);
    return {
      names: [...names.slice(0, arm), ...this.names],
      position: Float64Array.of(...position.subarray(0, arm), ...positions),
      velocity: Float64Array.of(...velocity.subarray(0, arm), ...speeds),
    };
  }
}
