/** The values that the streams of a robot carry. SI units, REP-103 axes. */

/** 8-bit RGB image, row-major from the top left, 3 bytes a pixel. */
export interface ImageFrame {
  readonly width: number;
  readonly height: number;
  /** Length `width * height * 3`. */
  readonly data: Uint8Array;
}

/** Joint positions and velocities by name: rad and rad/s, m and m/s for prismatic joints. */
export interface JointState {
  readonly names: readonly string[];
  readonly position: Float64Array;
  readonly velocity: Float64Array;
  /** Nm or N; absent when the robot does not measure it. */
  readonly effort?: Float64Array;
}

/** Force first: `[fx, fy, fz, tx, ty, tz]` in N and Nm, in the stream's frame. */
export type Wrench = Float64Array;

/** The value that each kind of stream carries; a sensor of one's own carries a numeric vector. */
export type StreamValue = ImageFrame | JointState | Wrench | Float64Array | string;

/** `[x, y, z, qx, qy, qz, qw]` in metres and unit quaternion, as in ROS. */
export type Pose = Float64Array;

/** What one command to an arm with a gripper holds. */
export interface ArmCommand {
  /** Joint position targets (rad), in the order of the command spec's `names`. */
  readonly position: Float64Array;
  /** Distance between the fingers (m). */
  readonly gripperWidth: number;
}
