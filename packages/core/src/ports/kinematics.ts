/**
 * Port: the kinematic chain from the base to the tool. `@praxis/model` builds one from a URDF. Methods write into `out`
 * and allocate nothing.
 */
export interface Kinematics {
  /** Joint names of the chain, base first. */
  readonly jointNames: readonly string[];
  /** Lower and upper joint limits (rad); infinite for continuous joints. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Largest joint speeds (rad/s). */
  readonly maxVelocity: Float64Array;
  /** Computes the tool pose in the base frame: `[x, y, z, qx, qy, qz, qw]` (m, unit quaternion). */
  forward(joints: Float64Array, out: Float64Array): void;
  /** Computes the geometric Jacobian of the tool in the base frame, 6 x n row-major, linear velocity first. */
  jacobian(joints: Float64Array, out: Float64Array): void;
}

/** The chain of a robot without an arm: no joints, and a tool that is the base. */
export const NO_ARM: Kinematics = {
  jointNames: [],
  lower: new Float64Array(0),
  upper: new Float64Array(0),
  maxVelocity: new Float64Array(0),
  forward(_, out) {
    out.fill(0, 0, 6);
    out[6] = 1;
  },
  jacobian() {},
};
