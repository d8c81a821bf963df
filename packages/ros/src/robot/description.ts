import { InputError, type Kinematics, type RobotSpec, type ToolLoad } from '@praxis/core';
import { chainKinematics, parseUrdf, type RobotModel } from '@praxis/model';
import { type ArmLayout, armSpec, toolLoad } from '@praxis/sim';
import type { GripperStates } from './joint-topic.ts';
import type { ImageTransport } from './stream-topics.ts';

/** An arm as its parameters or its folder describe it. It can be posted to a thread. */
export interface RobotDescription extends Omit<ArmLayout, 'name'> {
  /** Name of the robot. Default: that of its description. */
  readonly name?: string;
  /** URDF document. */
  readonly urdf: string;
  /** Links and joints, in place of the URDF; then `gripperRange` is that of the gripper. Default: read from the URDF. */
  readonly model?: RobotModel;
  /** Link whose pose the policy commands. */
  readonly toolFrame: string;
  readonly imageTransport: ImageTransport;
  /** Without it, the gripper's joints are published as often as the arm's. */
  readonly gripperStates?: GripperStates;
  /** Largest age (s) of a joint's state relative to the others in one sample. */
  readonly jointAge?: number;
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
  const { urdf, joints, fingers, baseFrame, toolFrame } = description;
  const model = description.model ?? parseUrdf(urdf, { source: 'robot_description', hasMesh: () => true });
  const known = new Set(model.joints.map(({ name }) => name));
  // The gripper of a folder may be one name in the samples that stands for its width.
  const missing = [...joints, ...(description.model ? [] : fingers)].filter((name) => !known.has(name));
  if (missing.length > 0) {
    throw new InputError(`robot_description: no joint ${missing.join(', ')}; it has ${[...known].join(', ')}`);
  }
  const { kinematics, tool } = armModels(model, description);
  if (kinematics.jointNames.join() !== joints.join()) {
    throw new InputError(
      `joints: ${joints.join(', ')}; between ${baseFrame} and ${toolFrame} the URDF has ${kinematics.jointNames.join(', ')}`,
    );
  }
  const gripperRange = description.model ? description.gripperRange : gripperRangeOf(model, fingers);
  return {
    model,
    kinematics,
    tool,
    spec: armSpec({ ...description, name: description.name ?? model.name, gripperRange }),
  };
}

/** The frames of one arm. */
export interface ArmFrameNames {
  readonly baseFrame: string;
  /** Link whose pose the policy commands. */
  readonly toolFrame: string;
  /** Frame of the force/torque sensor; empty without one. */
  readonly sensorFrame: string;
}

/**
 * Builds the kinematics of an arm, and the load on its sensor; that is undefined without a sensor, or when its frame is not a link.
 * @throws {InputError} when the model lacks a frame, or nothing connects them
 */
export function armModels(
  model: RobotModel,
  { baseFrame, toolFrame, sensorFrame }: ArmFrameNames,
): Pick<DescribedRobot, 'kinematics' | 'tool'> {
  const hasSensor = sensorFrame !== '' && model.links.some(({ name }) => name === sensorFrame);
  return {
    kinematics: chainKinematics(model, baseFrame, toolFrame),
    tool: hasSensor ? toolLoad(model, sensorFrame, toolFrame) : undefined,
  };
}

/** Range of the gripper's width (m), the sum of the fingers' positions; undefined without fingers. */
function gripperRangeOf({ joints }: RobotModel, fingers: readonly string[]): [number, number] | undefined {
  if (fingers.length === 0) return undefined;
  const limits = fingers.map((name) => joints.find((joint) => joint.name === name)?.limit);
  const sum = (side: 'lower' | 'upper') => limits.reduce((total, limit) => total + (limit?.[side] ?? 0), 0);
  return [sum('lower'), sum('upper')];
}
