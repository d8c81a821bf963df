import { type ControlLoopOptions, InputError, type PolicySpec, type Workspace } from '@praxis/core';
import { complianceFor, loopOptions, SIM_LOOP } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { NodeRobot } from '../robot/node-robot.ts';

/**
 * Options of the loop that depend on the robot.
 * @param workspace that of the parameters, for an arm that they describe
 * @param policy what the arm follows; the tool of the Praxis arm, or of the folder's robot, is compliant for one that commands stiffness or force
 */
export function robotOptions(
  { folder, arms: [arm], urdf }: NodeRobot,
  workspace: Workspace | undefined,
  policy: Pick<PolicySpec, 'actions'>,
): Partial<ControlLoopOptions> {
  if (folder) return loopOptions(folder.setup, policy);
  const { kinematics, tool, baseFrame, fingers } = arm;
  return {
    ...SIM_LOOP,
    ...{ kinematics, tool, baseFrame, fingerJoints: fingers, workspace },
    // The controller's posture belongs to the Praxis arm; other arms keep the posture that they start in.
    controller: urdf === armUrdf() ? { ...SIM_LOOP.controller, admittance: complianceFor(policy) } : {},
  };
}

/** Corners of a box in a node's parameters: x, y, z (m, base frame). */
interface WorkspaceParameters {
  readonly workspace_minimum: readonly number[];
  readonly workspace_maximum: readonly number[];
}

/**
 * The workspace (m, base frame) that a node's parameters describe.
 * @throws {InputError} when a corner is not three numbers.
 */
export const parameterWorkspace = (values: WorkspaceParameters): Workspace => ({
  minimum: vector3(values.workspace_minimum),
  maximum: vector3(values.workspace_maximum),
});

/**
 * The workspace (m, base frame) of the robot's folder, which may have none, and without a folder that of the parameters.
 * @throws {InputError} as {@link parameterWorkspace}
 */
export function workspaceOf({ folder }: Pick<NodeRobot, 'folder'>, values: WorkspaceParameters): Workspace | undefined {
  if (!folder) return parameterWorkspace(values);
  const { workspace } = folder.setup.definition;
  return workspace && { minimum: workspace.lower, maximum: workspace.upper };
}

function vector3(values: readonly number[]): [number, number, number] {
  if (values.length === 3) return [values[0], values[1], values[2]];
  throw new InputError(`workspace: ${values.length} numbers, expected x, y, z`);
}
