import { InputError, type Kinematics, type RobotSpec, type ToolLoad } from '@praxis/core';
import { loadProject, robotChoice, robotFolder } from '@praxis/evaluation';
import type { RobotModel } from '@praxis/model';
import type { BaseSafety } from '@praxis/safety';
import { type RobotChoice, type RobotSetup, setupOf } from '@praxis/sim';
import type { PROJECT_PARAMETERS } from '../project/parameters.ts';
import { openProject } from '../project/project.ts';
import type { ParameterSpec, ParameterValues } from '../rcl/parameters.ts';
import type { RosSession } from '../rcl/session.ts';
import { type ArmFrameNames, describeRobot, type RobotDescription } from './description.ts';
import { DriverJoints } from './driver-joints.ts';
import { GripperJoints } from './gripper-joints.ts';
import { openDescription, ROBOT_PARAMETERS } from './parameters.ts';
import type { TopicSource } from './stream-topics.ts';

type RobotParameters = ParameterValues<typeof ROBOT_PARAMETERS & typeof PROJECT_PARAMETERS>;

/** The robot of a folder, as the simulator and the supervisor use it. */
export interface FolderRobot {
  readonly choice: RobotChoice;
  readonly setup: RobotSetup;
}

/** An arm of a node's robot. */
export interface NodeArm extends ArmFrameNames {
  /** Name of its command. */
  readonly name: string;
  readonly joints: readonly string[];
  /** Elements of the stream `joints` that add up to the width of the gripper. */
  readonly fingers: readonly string[];
  readonly kinematics: Kinematics;
  /** Load on the force/torque sensor; undefined without a sensor, or when its frame is not a link. */
  readonly tool: ToolLoad | undefined;
  /** The gripper between its driver and the loop; undefined where a driver's joints add up to the width. */
  readonly gripper: GripperJoints | undefined;
  /** `none`: a folder says that there is no gripper. `unknown`: the parameters of the outputs say what there is. */
  readonly gripperKind: 'given' | 'none' | 'unknown';
}

/** A driven base of a node's robot. */
export interface NodeBase {
  /** Name of its command. */
  readonly name: string;
  /** Link that moves. */
  readonly link: string;
  /** Elements of its command, see `BASE_TWIST_NAMES`. */
  readonly names: readonly string[];
  readonly limits: BaseSafety;
}

/** The robot of a node, from a folder or from parameters. */
export interface NodeRobot {
  readonly spec: RobotSpec;
  readonly model: RobotModel;
  readonly arms: readonly NodeArm[];
  readonly bases: readonly NodeBase[];
  /** What only the drivers of its topics know. */
  readonly drivers: Pick<TopicSource, 'imageTransport' | 'gripperStates' | 'jointAge' | 'driverJoints'>;
  /** The robot of a folder; undefined for an arm that parameters describe. */
  readonly folder: FolderRobot | undefined;
  /** URDF of an arm that parameters describe; empty for the robot of a folder. */
  readonly urdf: string;
}

/** Prefix of the topics of a command group: its name as a namespace, and nothing for the only group of a robot. */
export const namespaceOf = (
  group: string,
  { arms, bases }: { readonly arms: readonly unknown[]; readonly bases: readonly unknown[] },
): string => (arms.length + bases.length > 1 ? `${group}/` : '');

/**
 * Finds the folder of the robot that the parameter `robot` names. The configuration is read only for a name that is neither a folder nor
 * that of a robot of Praxis.
 * @throws {InputError} with the known names when there is none
 */
export async function findRobot({ robot, config }: Pick<RobotParameters, 'robot' | 'config'>): Promise<string> {
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
  return { choice, setup: setupOf(choice) };
}

/** Parameters that matter although a folder describes the robot: they are about drivers. */
const OF_DRIVERS: readonly string[] = ['robot', 'gripper_states', 'joint_age', 'image_transport'];

/** Names of parameters that describe an arm, are set, and are not used because a folder describes the robot. */
export const unusedParameters = (
  values: Readonly<Record<string, unknown>>,
  specs: Readonly<Record<string, ParameterSpec>> = ROBOT_PARAMETERS,
): readonly string[] =>
  Object.entries(specs)
    .filter(([name]) => Object.hasOwn(values, name) && !OF_DRIVERS.includes(name))
    .filter(([name, { value }]) => JSON.stringify(values[name]) !== JSON.stringify(value))
    .map(([name]) => name);

/**
 * Opens the robot that a node's parameters select: that of a folder, or the arm of the parameters themselves and a URDF, which may come on
 * the topic `robot_description`.
 * @throws {InputError} in one line when the folder or the parameters are not valid, or no URDF comes
 */
export async function openRobot(session: RosSession, values: RobotParameters): Promise<NodeRobot> {
  if (values.robot === '') return describedRobot(await openDescription(session, values));
  const folder = await openFolder(await findRobot(values));
  const unused = unusedParameters(values);
  if (unused.length > 0)
    session.log.warn(`robot ${folder.setup.name}: its folder describes the arm; not used: ${unused.join(', ')}`);
  return folderRobot(folder, values);
}

/** The arm that parameters describe. @throws {InputError} as {@link describeRobot} */
export function describedRobot(description: RobotDescription): NodeRobot {
  const { urdf, joints, fingers, baseFrame, toolFrame, sensorFrame } = description;
  const { imageTransport, gripperStates, jointAge } = description;
  const { model, kinematics, tool, spec } = describeRobot(description);
  const frames = { baseFrame, toolFrame, sensorFrame };
  const arm: NodeArm = {
    ...{ name: 'arm', joints, fingers, kinematics, tool, ...frames, gripper: undefined, gripperKind: 'unknown' },
  };
  return {
    ...{ spec, model, arms: [arm], bases: [], folder: undefined, urdf },
    drivers: { imageTransport, gripperStates, jointAge },
  };
}

/** The robot of a folder. Parameters add what only its drivers know. */
export function folderRobot(
  folder: FolderRobot,
  values: Pick<RobotParameters, 'image_transport' | 'gripper_states' | 'joint_age'>,
): NodeRobot {
  const { spec, model, arms, bases } = folder.setup;
  const grippers = arms.flatMap(({ gripper }) => gripper ?? []);
  const { names = [] } = spec.streams.find(({ modality }) => modality === 'joints')!;
  return {
    ...{ spec, model, folder, urdf: '' },
    arms: arms.map(({ name, joints, gripper, kinematics, tool, baseLink, toolLink, sensorLink = '' }) => ({
      ...{ name, joints, kinematics, tool, baseFrame: baseLink, toolFrame: toolLink, sensorFrame: sensorLink },
      fingers: gripper?.streamNames ?? [],
      gripper: GripperJoints.of(gripper),
      gripperKind: gripper ? 'given' : 'none',
    })),
    bases: bases.map(({ name, link, limits }) => {
      return { name, link, limits, names: spec.commands.find((command) => command.name === name)?.names ?? [] };
    }),
    drivers: {
      imageTransport: values.image_transport,
      gripperStates: {
        topic: values.gripper_states || undefined,
        joints: grippers.flatMap(({ joints }) => joints),
      },
      jointAge: values.joint_age,
      driverJoints: DriverJoints.of(names, grippers),
    },
  };
}

/**
 * The only arm of a robot.
 * @param what what takes one arm alone, for the message
 * @throws {InputError} for a robot with several arms or a driven base
 */
export function onlyArm({ spec, arms, bases }: NodeRobot, what: string): NodeArm {
  if (arms.length === 1 && bases.length === 0) return arms[0];
  throw new InputError(
    `robot ${spec.name}: ${arms.length} arms and ${bases.length} bases, expected one arm, which ${what}`,
  );
}
