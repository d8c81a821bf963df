import { type Pose, type ToolTask, toolTaskOf, type Workspace } from '@praxis/core';
import { isStraightPathReachable } from '@praxis/model';
import type { SafetyConfig } from '@praxis/safety';
import type { ArmSetup } from '../robot/arm-setup.ts';
import { type RobotChoice, type RobotSetup, setupOf } from '../robot/setup.ts';
import { reachOf, safetyOf } from '../safety/config.ts';

/** Distance that an operator keeps from the workspace of the control loop (m). */
const WORKSPACE_MARGIN_M = 0.02;
/** Least height of the tool above the table (m). */
const MINIMUM_HEIGHT_M = 0.02;

/** Limits of one simulated arm for programs that drive it by goal poses. Poses are those of the tool in the frame of the arm's base. */
export interface ArmTeleoperation {
  /** Box that the operator may move the tool in (m). */
  readonly workspace: Workspace;
  /** The tool's pose with the joints at home (m, quaternion x y z w). */
  readonly home: Pose;
  /**
   * True when the arm can move the tool on a straight line from one pose to the other within its joint limits, and reach
   * what `task` requires there.
   */
  reaches(from: Pose, to: Pose, task: ToolTask): boolean;
  /** What the arm reaches of a pose in translations. */
  readonly task: ToolTask;
}

/** The same of a robot with one arm, with its supervisor. */
export interface Teleoperation extends ArmTeleoperation {
  /** Configuration of the supervisor during teleoperation. */
  readonly safety: SafetyConfig;
}

/**
 * Returns the limits of a simulated robot for teleoperation.
 * @param robot the robot, or the text of the Praxis arm's URDF
 * @throws {InputError} when the URDF is invalid, and for a robot with several arms or a driven base
 */
export function teleoperation(robot: string | RobotChoice): Teleoperation {
  const setup = setupOf(typeof robot === 'string' ? { urdf: robot } : robot);
  // A robot without an arm is refused by its supervisor's configuration.
  const safety = operatorSafety(safetyOf(setup));
  return { ...armTeleoperation(setup, setup.arms[0]), safety };
}

/** Returns the limits of one arm of a simulated robot for teleoperation. */
export function armTeleoperation(setup: RobotSetup, arm: ArmSetup): ArmTeleoperation {
  const { kinematics } = arm;
  const posture = Float64Array.from(arm.home);
  const home = new Float64Array(7);
  kinematics.forward(posture, home);
  const task = toolTaskOf(kinematics.jointNames.length);
  const reaches: ArmTeleoperation['reaches'] = (from, to, required) =>
    isStraightPathReachable(kinematics, from, to, posture, required);
  return { workspace: workspaceOf(setup, arm), home, reaches, task };
}

/** Box above the table inside the workspace of the control loop, else the box of the arm's reach (m). */
function workspaceOf(setup: RobotSetup, arm: ArmSetup): Workspace {
  const { workspace } = setup.definition;
  const reach = reachOf(setup, arm);
  const { lower, upper } = workspace ?? { lower: [-reach, -reach, 0], upper: [reach, reach, reach] };
  // Rounding to micrometres: 0.8 - 0.02 is no 0.78.
  const inside = (value: number, by: number) => Math.round(1e6 * (value + by)) / 1e6;
  return {
    minimum: [
      inside(lower[0], WORKSPACE_MARGIN_M),
      inside(lower[1], WORKSPACE_MARGIN_M),
      Math.max(inside(lower[2], WORKSPACE_MARGIN_M), MINIMUM_HEIGHT_M),
    ],
    maximum: [
      inside(upper[0], -WORKSPACE_MARGIN_M),
      inside(upper[1], -WORKSPACE_MARGIN_M),
      inside(upper[2], -WORKSPACE_MARGIN_M),
    ],
  };
}

/**
 * An operator may drive the arm out of a camera's view, where simulated images are bit-identical. A frozen camera is
 * therefore reported and does not stop the arm.
 */
function operatorSafety(config: SafetyConfig): SafetyConfig {
  const { streams } = config.watchdog;
  const { vision } = streams;
  if (!vision?.frozen) return config;
  const tolerant = { ...vision, frozen: { ...vision.frozen, reaction: 'report' as const } };
  return { ...config, watchdog: { ...config.watchdog, streams: { ...streams, vision: tolerant } } };
}
