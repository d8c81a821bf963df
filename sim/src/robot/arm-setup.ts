import { InputError, type Kinematics, type ToolLoad } from '@praxis/core';
import { type ArmDefinition, chainKinematics, type KinematicTree, type RobotModel } from '@praxis/model';
import { type Gripper, makeGripper } from './gripper.ts';
import { toolLoad } from './tool-load.ts';

/** One arm of a robot as the simulator uses it. */
export interface ArmSetup {
  /** Name of its command: `arm` for the only arm of a robot, else its name in the definition. */
  readonly name: string;
  /** Kinematics from base to tool. */
  readonly kinematics: Kinematics;
  readonly baseLink: string;
  readonly toolLink: string;
  /** Joints, from base to tool. */
  readonly joints: readonly string[];
  /** Position of each joint at home (rad, m). */
  readonly home: readonly number[];
  /** Undefined for an arm without a gripper. */
  readonly gripper: Gripper | undefined;
  /** Link of the wrist force/torque sensor; undefined for an arm without one. */
  readonly sensorLink: string | undefined;
  /** Load of the wrist sensor; undefined for an arm without one. */
  readonly tool: ToolLoad | undefined;
}

/** Name that a message gives an arm: none for the only one of a robot. */
export const armLabel = (robot: string, name: string): string =>
  name === 'arm' ? `robot ${robot}` : `robot ${robot}, ${name}`;

/**
 * Checks an arm of a definition against the description.
 * @param robot name of the robot
 * @param name name of the arm's command
 * @param rate rate of the robot (Hz), which is that of the wrist sensor too
 * @throws {InputError} for the first thing that does not fit, by name
 */
export function armSetup(
  robot: string,
  name: string,
  arm: ArmDefinition,
  tree: KinematicTree,
  rate: number,
): Omit<ArmSetup, 'tool'> {
  const label = armLabel(robot, name);
  const kinematics = chainKinematics(tree.model, arm.base, arm.tool);
  checkJoints(label, arm, kinematics);
  const gripperName = name === 'arm' ? 'gripper' : `${name}.gripper`;
  return {
    ...{ name, kinematics, baseLink: arm.base, toolLink: arm.tool, joints: arm.joints, home: arm.home },
    gripper: arm.gripper && makeGripper(name === 'arm' ? robot : `${robot}, ${name}`, arm.gripper, tree, gripperName),
    sensorLink: sensorOf(label, arm, rate, tree),
  };
}

/** Adds the load of the wrist sensor, from a model whose masses are checked. */
export const withLoad = (arm: Omit<ArmSetup, 'tool'>, model: RobotModel): ArmSetup => ({
  ...arm,
  tool: arm.sensorLink === undefined ? undefined : toolLoad(model, arm.sensorLink, arm.toolLink),
});

function checkJoints(label: string, { base, tool, joints, home }: ArmDefinition, kinematics: Kinematics): void {
  const { jointNames, lower, upper } = kinematics;
  if (joints.join() !== jointNames.join()) {
    throw new InputError(
      `${label}: joints ${joints.join(', ')}, expected ${jointNames.join(', ')}, which lie between "${base}" and "${tool}" in this order`,
    );
  }
  if (home.length !== joints.length)
    throw new InputError(`${label}: home has ${home.length} positions, expected ${joints.length}`);
  const outside = home.findIndex((value, i) => !(value >= lower[i] && value <= upper[i]));
  if (outside >= 0) {
    throw new InputError(
      `${label}: home of ${joints[outside]} is ${home[outside]}, expected ${lower[outside]} .. ${upper[outside]}`,
    );
  }
}

function sensorOf(
  label: string,
  { wristSensor }: ArmDefinition,
  rate: number,
  tree: KinematicTree,
): string | undefined {
  if (!wristSensor) return undefined;
  tree.linkIndex(wristSensor.frame);
  if (wristSensor.rate !== rate)
    throw new InputError(`${label}: wristSensor.rate ${wristSensor.rate} Hz, expected ${rate}, the robot's rate`);
  return wristSensor.frame;
}
