import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { ARM_LAYOUT, TOOL_LINK } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { ParameterSpec, ParameterValues } from '../rcl/parameters.ts';
import type { RobotDescription } from './description.ts';
import { IMAGE_TRANSPORTS } from './stream-topics.ts';

/** Parameters that describe an arm to a node. The defaults describe the Praxis arm. */
export const ROBOT_PARAMETERS = {
  robot_description: {
    type: 'string',
    value: '',
    description: 'URDF of the robot, as text or as the path of a file. Empty: the Praxis arm.',
  },
  joints: {
    type: 'string[]',
    value: ARM_LAYOUT.joints,
    description: 'Joints of the arm, base first: all movable joints between base_frame and tool_frame.',
  },
  finger_joints: {
    type: 'string[]',
    value: ARM_LAYOUT.fingers,
    description: 'Joints whose positions add up to the gripper width (m). [""] without a gripper.',
  },
  gripper_states: {
    type: 'string',
    value: '',
    description:
      'Topic of the joint states of finger_joints at sensor_rate, for a gripper with a driver of its own. Empty: joint_states.',
  },
  gripper_skew: {
    type: 'double',
    value: 0.01,
    range: [0, 1],
    description: 'With gripper_states: largest difference between the stamps of arm and gripper in one sample (s).',
  },
  base_frame: { type: 'string', value: ARM_LAYOUT.baseFrame, description: 'Base link of the arm.' },
  tool_frame: { type: 'string', value: TOOL_LINK, description: 'Link whose pose the policy commands.' },
  sensor_frame: {
    type: 'string',
    value: ARM_LAYOUT.sensorFrame,
    description: 'Frame of the force/torque sensor, as its messages name it. Empty: no sensor.',
  },
  cameras: {
    type: 'string[]',
    value: ARM_LAYOUT.cameras.map(({ name }) => name),
    description: 'Names of the cameras; each has the topic camera_NAME/image_raw.',
  },
  camera_frames: {
    type: 'string[]',
    value: ARM_LAYOUT.cameras.map(({ frame }) => frame),
    description: 'Optical frame of each camera (REP-103), in the same order.',
  },
  image_transport: {
    type: 'string',
    value: 'raw',
    oneOf: IMAGE_TRANSPORTS,
    description: 'Transport of the images: raw, or JPEG and PNG on the topic camera_NAME/image_raw/compressed.',
  },
  image_size: {
    type: 'integer',
    value: ARM_LAYOUT.imageSize,
    range: [16, 2048],
    description: 'Width and height (pixels) of the images for the policy; other sizes are cropped and resized.',
  },
  camera_rate: {
    type: 'double',
    value: ARM_LAYOUT.cameraRate,
    range: [1, 240],
    description: 'Image rate of each camera (Hz).',
  },
  sensor_rate: {
    type: 'double',
    value: ARM_LAYOUT.sensorRate,
    range: [50, 2000],
    description: 'Rate of joint states and of the force/torque sensor (Hz).',
  },
} as const satisfies Record<string, ParameterSpec>;

const nonEmpty = (names: readonly string[]): readonly string[] => names.filter((name) => name !== '');

/**
 * The description of an arm in a node's parameters.
 * @throws {InputError} when the parameters contradict each other or name a missing file.
 */
export function descriptionOf(values: ParameterValues<typeof ROBOT_PARAMETERS>): RobotDescription {
  const cameras = nonEmpty(values.cameras);
  const frames = nonEmpty(values.camera_frames);
  const fingers = nonEmpty(values.finger_joints);
  if (cameras.length !== frames.length) {
    throw new InputError(`parameter camera_frames: ${frames.length} frames for ${cameras.length} cameras`);
  }
  return {
    urdf: urdfOf(values.robot_description),
    joints: values.joints,
    fingers,
    baseFrame: values.base_frame,
    toolFrame: values.tool_frame,
    sensorFrame: values.sensor_frame,
    cameras: cameras.map((name, i) => ({ name, frame: frames[i] })),
    imageTransport: values.image_transport,
    gripperStates:
      values.gripper_states === ''
        ? undefined
        : { topic: values.gripper_states, joints: fingers, maximumSkew: values.gripper_skew },
    imageSize: values.image_size,
    cameraRate: values.camera_rate,
    sensorRate: values.sensor_rate,
  };
}

function urdfOf(description: string): string {
  if (description === '') return armUrdf();
  if (description.trimStart().startsWith('<')) return description;
  if (!existsSync(description)) throw new InputError(`parameter robot_description: no file ${description}`);
  return readFileSync(description, 'utf8');
}
