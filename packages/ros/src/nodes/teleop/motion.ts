import { InputError, type PolicySpec, type Pose, type ToolTask, toolTaskOf, type Workspace } from '@praxis/core';
import { isStraightPathReachable } from '@praxis/model';
import { HOME_JOINTS_RAD, teleoperation } from '@praxis/sim';
import { MotionPolicy } from '@praxis/teleop';
import { LOOP_PARAMETERS } from '../../loop/parameters.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';
import type { FolderRobot, NodeArm } from '../../robot/node-robot.ts';

/** Spoken motion stays this far (m) inside the loop's workspace, so that the loop does not refuse its targets. */
const WORKSPACE_MARGIN_M = 0.02;

/** Options of {@link motionPolicy}. */
export interface MotionSetup {
  readonly arm: NodeArm;
  /** Workspace of the control loop (m, base frame). */
  readonly workspace: Workspace;
  /** Joint positions of the home pose (rad). */
  readonly home: readonly number[];
  readonly timing: Pick<PolicySpec, 'horizon' | 'actionPeriod' | 'inferencePeriod'>;
}

/**
 * Makes the policy that executes motion goals on an arm.
 * @throws {InputError} when home and arm differ in the number of joints, or home lies outside the workspace.
 */
export function motionPolicy({ arm, workspace, home, timing }: MotionSetup): MotionPolicy {
  const { joints, baseFrame, kinematics } = arm;
  if (home.length !== joints.length) throw new InputError(`home: ${home.length} joints, the arm has ${joints.length}`);
  const pose = new Float64Array(7);
  kinematics.forward(Float64Array.from(home), pose);
  const { minimum, maximum } = workspace;
  const inside: Workspace = {
    minimum: [minimum[0] + WORKSPACE_MARGIN_M, minimum[1] + WORKSPACE_MARGIN_M, minimum[2] + WORKSPACE_MARGIN_M],
    maximum: [maximum[0] - WORKSPACE_MARGIN_M, maximum[1] - WORKSPACE_MARGIN_M, maximum[2] - WORKSPACE_MARGIN_M],
  };
  const task = toolTaskOf(kinematics.jointNames.length);
  const reaches = (from: Pose, to: Pose, required: ToolTask) =>
    isStraightPathReachable(kinematics, from, to, home, required);
  return new MotionPolicy({ workspace: inside, home: pose, reaches, task, timing, baseFrame });
}

/**
 * Makes the policy that executes motion goals on the robot of a folder: home, workspace, and the widest opening of the gripper are its own.
 * @throws {InputError} when its home lies outside its workspace
 */
export function folderMotionPolicy({ choice, setup }: FolderRobot, timing: MotionSetup['timing']): MotionPolicy {
  const { gripper, baseLink: baseFrame } = setup;
  const limits = gripper ? { maximumWidth: gripper.range[1] } : {};
  return new MotionPolicy({ ...teleoperation(choice), baseFrame, limits, timing });
}

/** Parameters of the teleoperation node. */
export const TELEOP_PARAMETERS = {
  ...LOOP_PARAMETERS,
  home: {
    type: 'double[]',
    value: HOME_JOINTS_RAD,
    description: 'Joint positions (rad), base first, of the home pose.',
  },
  supervisor: {
    type: 'string',
    value: 'supervisor_node',
    description: 'Node that gets a request for a protective stop after a stop word.',
  },
  planner: {
    type: 'string',
    value: '',
    description:
      'Planner of the action ~/execute: rules, a name of the configuration, http(s)://HOST/v1#MODEL, FILE.gguf or recorded:DIR. ' +
      'Empty: there is no such action.',
  },
} as const satisfies Record<string, ParameterSpec>;
