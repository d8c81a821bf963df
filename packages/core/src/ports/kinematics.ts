/**
 * Port: the kinematic chain from the base to the tool, as the controller needs it. `@praxis/model` makes one of a URDF.
 * Methods write into `out` and allocate nothing.
 */
export interface Kinematics {
  /** The joints of the chain, base first. */
  readonly jointNames: readonly string[];
  /** Limits (rad), one for each joint; infinite for continuous joints. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** rad/s. */
  readonly maxVelocity: Float64Array;
  /** Tool pose in the base frame: `[x, y, z, qx, qy, qz, qw]`. */
  forward(joints: Float64Array, out: Float64Array): void;
  /** Geometric Jacobian of the tool in the base frame, 6 x n row-major, linear velocity first. */
  jacobian(joints: Float64Array, out: Float64Array): void;
}
