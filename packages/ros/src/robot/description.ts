import { InputError, type Kinematics, type RobotSpec, type ToolLoad } from '@praxis/core';
import { chainKinematics, parseUrdf, type RobotModel } from '@praxis/model';
import { type ArmLayout, armSpec, toolLoad } from '@praxis/sim';
import type { GripperStates } from './paired-joints.ts';
import type { ImageTransport } from './stream-topics.ts';

/** An arm as its parameters describe it. */
export interface RobotDescription extends Omit<ArmLayout, 'name'> {
  /** URDF document. */
  readonly urdf: string;
  /** Link whose pose the policy commands. */
  readonly toolFrame: string;
  readonly imageTransport: ImageTransport;
  /** Without it, the arm's joint states contain the gripper's joints. */
  readonly gripperStates?: GripperStates;
}

/** The models and the specification that follow from a description. */
export interface DescribedRobot {
  readonly model: RobotModel;
  readonly kinematics: Kinematics;
  /** Load on the force/torque sensor; undefined without a sensor, or when its frame is not a link of the URDF. */
  readonly tool: ToolLoad | undefined;
  readonly spec: RobotSpec;
}

/**
 * Builds the models and the robot specification of an arm from its URDF.
 * @throws {InputError} when the URDF is invalid, or lacks a joint or frame of the description.
 */
export function describeRobot(description: RobotDescription): DescribedRobot {
  const { urdf, joints, fingers, baseFrame, toolFrame, sensorFrame } = description;
  const model = parseUrdf(urdf, { source: 'robot_description', hasMesh: () => true });
  const known = new Set(model.joints.map(({ name }) => name));
  const missing = [...joints, ...fingers].filter((name) => !known.has(name));
  if (missing.length > 0) {
    throw new InputError(`robot_description: no joint ${missing.join(', ')}; it has ${[...known].join(', ')}`);
  }
  const kinematics = chainKinematics(model, baseFrame, toolFrame);
  if (kinematics.jointNames.join() !== joints.join()) {
    throw new InputError(
      `joints: ${joints.join(', ')}; between ${baseFrame} and ${toolFrame} the URDF has ${kinematics.jointNames.join(', ')}`,
    );
  }
  const hasSensor = sensorFrame !== '' && model.links.some(({ name }) => name === sensorFrame);
  const tool = hasSensor ? toolLoad(model, sensorFrame, toolFrame) : undefined;
  return { model, kinematics, tool, spec: armSpec({ ...description, name: model.name }) };
}
