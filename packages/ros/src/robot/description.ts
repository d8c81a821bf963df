import { InputError, type Kinematics, type RobotSpec, type ToolLoad } from '@praxis/core';
import { chainKinematics, parseUrdf, type RobotModel } from '@praxis/model';
import { type ArmLayout, armSpec, toolLoad } from '@praxis/sim';
import type { GripperStates } from './paired-joints.ts';
import type { ImageTransport } from './topics.ts';

/** An arm as its parameters describe it. */
export interface RobotDescription extends Omit<ArmLayout, 'name'> {
  readonly urdf: string;
  /** Link that the policy moves. */
  readonly toolFrame: string;
  readonly imageTransport: ImageTransport;
  /** Left out: the gripper's joints come with the arm's. */
  readonly gripperStates?: GripperStates;
}

/** What follows from a description. */
export interface DescribedRobot {
  readonly model: RobotModel;
  readonly kinematics: Kinematics;
  /** Undefined where there is no force/torque sensor or where it is not a link of the URDF. */
  readonly tool: ToolLoad | undefined;
  readonly spec: RobotSpec;
}

/** @throws {InputError} when the URDF is none, or lacks a joint or frame that is named. */
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
