/** Values of a robot's streams in SI units and REP-103 axes. */

/** An 8-bit RGB image, row-major from the top left, 3 bytes per pixel. */
export interface ImageFrame {
  readonly width: number;
  readonly height: number;
  /** Pixels, `width * height * 3` bytes. */
  readonly data: Uint8Array;
}

/** Joint positions and velocities by name (rad, rad/s; m, m/s for prismatic joints). */
export interface JointState {
  readonly names: readonly string[];
  readonly position: Float64Array;
  readonly velocity: Float64Array;
  /** Joint torques or forces (Nm, N); NaN for a joint whose effort is not measured, absent if none is. */
  readonly effort?: Float64Array;
}

/** Force and torque `[fx, fy, fz, tx, ty, tz]` (N, Nm) in the stream's frame. */
export type Wrench = Float64Array;

/** Value of one sample. A user's own sensor publishes a numeric vector. */
export type StreamValue = ImageFrame | JointState | Wrench | Float64Array | string;

/** Pose `[x, y, z, qx, qy, qz, qw]` (m, unit quaternion), as in ROS. */
export type Pose = Float64Array;

/** Command to an arm with a gripper. */
export interface ArmCommand {
  /** Joint position targets (rad), in the order of the command spec's `names`. */
  readonly position: Float64Array;
  /** Target distance between the fingers (m). */
  readonly gripperWidth: number;
}

/** Command to a driven base. The robot stops when no other one follows it. */
export interface BaseCommand {
  /** Velocities (m/s, rad/s) in the base's own axes, in the order of the command spec's `names`. */
  readonly twist: Float64Array;
}

/** What a robot's command takes: an arm's targets, or a base's velocity. */
export type RobotCommand = ArmCommand | BaseCommand;
