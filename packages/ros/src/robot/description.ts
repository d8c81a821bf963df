import { InputError, type Kinematics, type RobotSpec, type SignalSpec, type ToolLoad } from '@praxis/core';
import { chainKinematics, parseUrdf, type RobotModel } from '@praxis/model';
import { ROBOT_SPEC, toolLoad } from '@praxis/sim';

export interface CameraDescription {
  /** Of the stream `images.NAME` and of the topic `camera_NAME/image_raw`. */
  readonly name: string;
  /** Optical frame (REP-103). */
  readonly frame: string;
}

/** An arm as its parameters describe it. */
export interface RobotDescription {
  readonly urdf: string;
  /** In the order in which they are commanded. */
  readonly joints: readonly string[];
  /** Joints whose positions add up to the gripper's width (m); none without a gripper. */
  readonly fingers: readonly string[];
  readonly baseFrame: string;
  readonly toolFrame: string;
  /** Frame of the force/torque sensor; empty without one. */
  readonly sensorFrame: string;
  readonly cameras: readonly CameraDescription[];
  /** Width and height that pictures are brought to. */
  readonly imageSize: number;
  /** Hz. */
  readonly cameraRate: number;
  readonly sensorRate: number;
}

/** The Praxis arm. */
export const PRAXIS_ARM: Omit<RobotDescription, 'urdf'> = {
  joints: ROBOT_SPEC.commands[0].names.filter((name) => name !== 'gripper'),
  fingers: ['finger_joint1', 'finger_joint2'],
  baseFrame: 'base_link',
  toolFrame: 'tool0',
  sensorFrame: 'ft_sensor_link',
  cameras: [
    { name: 'front', frame: 'camera_front_optical_frame' },
    { name: 'wrist', frame: 'camera_wrist_optical_frame' },
  ],
  imageSize: 96,
  cameraRate: 20,
  sensorRate: 500,
};

/** What follows from a description. */
export interface DescribedRobot {
  readonly model: RobotModel;
  readonly kinematics: Kinematics;
  /** Undefined where there is no force/torque sensor or where it is not a link of the URDF. */
  readonly tool: ToolLoad | undefined;
  readonly spec: RobotSpec;
}

/** @throws {InputError} when the URDF is none, or lacks a joint or frame that is named. */
export function describe(description: RobotDescription): DescribedRobot {
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
  return { model, kinematics, tool, spec: specOf(description) };
}

function specOf({
  joints,
  fingers,
  baseFrame,
  sensorFrame,
  cameras,
  imageSize,
  cameraRate,
  sensorRate,
}: RobotDescription): RobotSpec {
  const streams: SignalSpec[] = cameras.map(({ name, frame }) => ({
    name: `images.${name}`,
    modality: 'vision',
    dtype: 'uint8',
    shape: [imageSize, imageSize, 3],
    unit: 'rgb8',
    frame,
    rateHz: cameraRate,
  }));
  if (sensorFrame !== '') {
    streams.push({
      name: 'wrench',
      modality: 'wrench',
      dtype: 'float64',
      shape: [6],
      unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'],
      frame: sensorFrame,
      rateHz: sensorRate,
    });
  }
  streams.push(
    {
      name: 'joints',
      modality: 'joints',
      dtype: 'float64',
      shape: [joints.length + fingers.length],
      unit: [...joints.map(() => 'rad'), ...fingers.map(() => 'm')],
      frame: baseFrame,
      rateHz: sensorRate,
      names: [...joints, ...fingers],
    },
    { name: 'instruction', modality: 'language', dtype: 'string', shape: [], unit: '1', frame: '', rateHz: 0 },
  );
  return {
    name: 'ros_arm',
    streams,
    commands: [
      {
        name: 'arm',
        modality: 'joints',
        dtype: 'float64',
        shape: [joints.length + 1],
        unit: [...joints.map(() => 'rad'), 'm'],
        frame: baseFrame,
        rateHz: sensorRate,
        names: [...joints, 'gripper'],
      },
    ],
  };
}
