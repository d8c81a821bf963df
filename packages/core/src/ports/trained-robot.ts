import type { RobotSpec } from '../signals/specs.ts';
import type { Kinematics } from './kinematics.ts';

/** A robot that a policy was trained for: what moves, its limits, its gripper, and where its tool is. */
export interface TrainedRobot {
  /** Name of the robot: that of its `RobotSpec`, which is the name in its URDF. */
  readonly name: string;
  /** Joints from base to tool, base first. */
  readonly joints: readonly string[];
  /** Lowest position of each joint (rad; m for prismatic joints); -Infinity for continuous joints. */
  readonly lower: readonly number[];
  /** Highest position of each joint (rad, m); Infinity for continuous joints. */
  readonly upper: readonly number[];
  /** Largest speed of each joint (rad/s, m/s). */
  readonly maxVelocity: readonly number[];
  /** Least and greatest width of the gripper, two numbers (m); absent for a robot without one. */
  readonly gripperRange?: readonly number[];
  /** One configuration of the joints (rad, m). */
  readonly configuration: readonly number[];
  /** Pose of the tool in the base frame there, `[x, y, z, qx, qy, qz, qw]` (m, unit quaternion): geometry and tool link in seven numbers. */
  readonly toolPose: readonly number[];
}

/** Share of its range at which joint `i` stands: never twice the same, so that no two joints can be exchanged unnoticed. */
const shareOf = (i: number): number => 0.25 + 0.5 * ((i * 0.618) % 1);

/** Describes a robot in the terms of a policy's manifest, for example for a dataset that is recorded with it. */
export function trainedRobotOf(robot: RobotSpec, kinematics: Kinematics): TrainedRobot {
  const { jointNames: joints, lower, upper, maxVelocity } = kinematics;
  const configuration = Float64Array.from(joints, (_, i) => {
    const range = upper[i] - lower[i];
    return Number.isFinite(range) ? lower[i] + shareOf(i) * range : shareOf(i);
  });
  const toolPose = new Float64Array(7);
  kinematics.forward(configuration, toolPose);
  return {
    name: robot.name,
    joints: [...joints],
    lower: [...lower],
    upper: [...upper],
    maxVelocity: [...maxVelocity],
    ...(robot.gripperRange ? { gripperRange: robot.gripperRange } : {}),
    configuration: [...configuration],
    toolPose: [...toolPose],
  };
}
