import { InputError } from '@praxis/core';
import { loadProject, robotChoice, robotFolder } from '@praxis/evaluation';
import { type RobotChoice, type RobotSetup, setupOf } from '@praxis/sim';
import type { PROJECT_PARAMETERS } from '../project/parameters.ts';
import { openProject } from '../project/project.ts';
import type { ParameterSpec, ParameterValues } from '../rcl/parameters.ts';
import type { RosSession } from '../rcl/session.ts';
import { type DescribedRobot, describeRobot, type RobotDescription } from './description.ts';
import { GripperJoints } from './gripper-joints.ts';
import { openDescription, ROBOT_PARAMETERS } from './parameters.ts';

type ArmParameters = ParameterValues<typeof ROBOT_PARAMETERS & typeof PROJECT_PARAMETERS>;

/** The robot of a folder, as the simulator and the supervisor use it. */
export interface FolderRobot {
  readonly choice: RobotChoice;
  readonly setup: RobotSetup;
}

/** The arm of a node. */
export interface NodeArm {
  readonly description: RobotDescription;
  readonly robot: DescribedRobot;
  /** The robot of a folder; undefined for an arm that parameters describe. */
  readonly folder: FolderRobot | undefined;
  /** The gripper between its driver and the loop; undefined where a driver's joints add up to the width. */
  readonly gripper: GripperJoints | undefined;
}

/**
 * Finds the folder of the robot that the parameter `robot` names. The configuration is read only for a name that is neither a folder nor
 * that of a robot of Praxis.
 * @throws {InputError} with the known names when there is none
 */
export async function findRobot({ robot, config }: Pick<ArmParameters, 'robot' | 'config'>): Promise<string> {
  const shipped = robotFolder(robot, await loadProject());
  if (shipped !== undefined) return shipped;
  const project = await openProject({ config });
  const folder = robotFolder(robot, project);
  if (folder !== undefined) return folder;
  const known = project.registry.robots.names.join(', ') || 'none';
  throw new InputError(`parameter robot: no folder ${robot}, and no robot of this name; registered are ${known}`);
}

/** Opens the folder of a robot. @throws {InputError} in one line for the first thing in it that is missing or wrong */
export async function openFolder(path: string): Promise<FolderRobot> {
  const choice = await robotChoice(path);
  const setup = setupOf(choice);
  const { name, arms, bases } = setup;
  if (arms.length !== 1 || bases.length > 0)
    throw new InputError(
      `robot ${name}: ${arms.length} arms and ${bases.length} bases, expected one arm, which the nodes can drive`,
    );
  return { choice, setup };
}

/** Parameters that matter although a folder describes the arm: they are about drivers. */
const OF_DRIVERS: readonly string[] = ['robot', 'gripper_states', 'joint_age', 'image_transport'];

/** Names of parameters that describe an arm, are set, and are not used because a folder describes it. */
export const unusedParameters = (
  values: Readonly<Record<string, unknown>>,
  specs: Readonly<Record<string, ParameterSpec>> = ROBOT_PARAMETERS,
): readonly string[] =>
  Object.entries(specs)
    .filter(([name]) => Object.hasOwn(values, name) && !OF_DRIVERS.includes(name))
    .filter(([name, { value }]) => JSON.stringify(values[name]) !== JSON.stringify(value))
    .map(([name]) => name);

/**
 * Opens the arm that a node's parameters select: that of a folder, or that of the parameters themselves and a URDF, which may come on the
 * topic `robot_description`.
 * @throws {InputError} in one line when the folder or the parameters are not valid, or no URDF comes
 */
export async function openArm(session: RosSession, values: ArmParameters): Promise<NodeArm> {
  if (values.robot === '') {
    const description = await openDescription(session, values);
    return { description, robot: describeRobot(description), folder: undefined, gripper: undefined };
  }
  const folder = await openFolder(await findRobot(values));
  const { setup } = folder;
  const unused = unusedParameters(values);
  if (unused.length > 0)
    session.log.warn(`robot ${setup.name}: its folder describes the arm; not used: ${unused.join(', ')}`);
  const description = folderDescription(setup, values);
  return { description, robot: describeRobot(description), folder, gripper: GripperJoints.of(setup.gripper) };
}

/** The description of an arm by its folder. Parameters add what only its drivers know. */
export function folderDescription(
  { name, model, joints, gripper, baseLink, toolLink, sensorLink = '', cameras, definition }: RobotSetup,
  values: Pick<ArmParameters, 'image_transport' | 'gripper_states' | 'joint_age'>,
): RobotDescription {
  return {
    ...{ name, urdf: '', model, joints },
    fingers: gripper?.streamNames ?? [],
    gripperRange: gripper?.range,
    baseFrame: baseLink,
    toolFrame: toolLink,
    sensorFrame: sensorLink,
    cameras: cameras.map(({ name: camera, frame, size, rateHz }) => ({ name: camera, frame, size, rateHz })),
    sensorRate: definition.rate,
    imageTransport: values.image_transport,
    gripperStates: { topic: values.gripper_states || undefined, joints: gripper?.joints ?? [] },
    jointAge: values.joint_age,
  };
}
