import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { ARM_LAYOUT, TOOL_LINK } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { ParameterSpec, ParameterValues } from '../rcl/parameters.ts';
import type { RobotDescription } from './description.ts';
import { IMAGE_TRANSPORTS } from './topics.ts';

/** What describes an arm to a node; the defaults are the Praxis arm's. */
export const ROBOT_PARAMETERS = {
  robot_description: {
    type: 'string',
    value: '',
    description: 'URDF of the robot, as text or as the path of a file. Empty: the Praxis arm.',
  },
  joints: {
    type: 'string[]',
    value: ARM_LAYOUT.joints,
    description: 'Joints of the arm, base first: all movable ones between base_frame and tool_frame.',
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
      'Topic of the joint states of finger_joints, for a gripper with a driver of its own, at sensor_rate as well. Empty: they come on joint_states.',
  },
  gripper_skew: {
    type: 'double',
    value: 0.01,
    range: [0, 1],
    description:
      'With gripper_states: the most by which stamps of the arm and of the gripper differ in one sample (s).',
  },
  base_frame: { type: 'string', value: ARM_LAYOUT.baseFrame, description: 'Link at which the arm begins.' },
  tool_frame: { type: 'string', value: TOOL_LINK, description: 'Link that the policy moves.' },
  sensor_frame: {
    type: 'string',
    value: ARM_LAYOUT.sensorFrame,
    description: 'Frame of the force/torque sensor, as its messages name it. Empty: there is none.',
  },
  cameras: {
    type: 'string[]',
    value: ARM_LAYOUT.cameras.map(({ name }) => name),
    description: 'Names of the cameras: each comes from the topic camera_NAME/image_raw.',
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
    description: 'How pictures come: as they are, or as JPEG or PNG from the topic camera_NAME/image_raw/compressed.',
  },
  image_size: {
    type: 'integer',
    value: ARM_LAYOUT.imageSize,
    range: [16, 2048],
    description: 'Width and height (pixels) that pictures are brought to for the policy.',
  },
  camera_rate: {
    type: 'double',
    value: ARM_LAYOUT.cameraRate,
    range: [1, 240],
    description: 'Pictures a second of each camera (Hz).',
  },
  sensor_rate: {
    type: 'double',
    value: ARM_LAYOUT.sensorRate,
    range: [50, 2000],
    description: 'Rate of joint states and of the force/torque sensor (Hz).',
  },
} as const satisfies Record<string, ParameterSpec>;

const nonEmpty = (names: readonly string[]): readonly string[] => names.filter((name) => name !== '');

/** @throws {InputError} when the parameters contradict each other or name a file that is not there. */
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

/** Folder of the policy that comes with Praxis. */
export const shippedPolicy = fileURLToPath(new URL('../../../../models/default', import.meta.url));
