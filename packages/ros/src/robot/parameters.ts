import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { ARM_LAYOUT, TOOL_LINK } from '@praxis/sim';
import type { ParameterSpec, ParameterValues } from '../rcl/parameters.ts';
import type { RosSession } from '../rcl/session.ts';
import type { RobotDescription } from './description.ts';
import { receiveDescription } from './description-topic.ts';
import { JOINT_AGE_S } from './joint-topic.ts';
import { IMAGE_TRANSPORTS } from './stream-topics.ts';

/** Parameter of every node that works with a robot. */
export const FOLDER_PARAMETER = {
  robot: {
    type: 'string',
    value: '',
    description:
      'Folder with a robot.yaml, or the name of a robot that comes with Praxis or is registered by the configuration, such as arm6. ' +
      'The folder then says what the other parameters of the arm say without one. Empty: those parameters.',
  },
} as const satisfies Record<string, ParameterSpec>;

/** Parameters that describe an arm to a node. The defaults are those of the Praxis arm; no node has a URDF by default. */
export const ROBOT_PARAMETERS = {
  ...FOLDER_PARAMETER,
  robot_description: {
    type: 'string',
    value: '',
    description: 'URDF of the robot, as text or as the path of a file. Empty: the URDF on the topic robot_description.',
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
      'Topic of the joint states of finger_joints, for a gripper with a topic of its own. Empty: joint_states.',
  },
  joint_age: {
    type: 'double',
    value: JOINT_AGE_S,
    range: [0.001, 2],
    description:
      'Messages may each have some of the joints. Largest age (s) of a joint relative to the newest one of the arm in one sample.',
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
 * The description of an arm in a node's parameters. Without a URDF among them it waits for the topic `robot_description`.
 * @throws {InputError} when the parameters contradict each other or name a missing file, or no URDF comes
 */
export async function openDescription(
  session: RosSession,
  values: ParameterValues<typeof ROBOT_PARAMETERS>,
): Promise<RobotDescription> {
  const given = urdfOf(values.robot_description);
  const described = descriptionOf(values, given ?? '');
  return given === undefined ? { ...described, urdf: await receiveDescription(session) } : described;
}

function descriptionOf(values: ParameterValues<typeof ROBOT_PARAMETERS>, urdf: string): RobotDescription {
  const cameras = nonEmpty(values.cameras);
  const frames = nonEmpty(values.camera_frames);
  const fingers = nonEmpty(values.finger_joints);
  if (cameras.length !== frames.length) {
    throw new InputError(`parameter camera_frames: ${frames.length} frames for ${cameras.length} cameras`);
  }
  return {
    urdf,
    joints: values.joints,
    fingers,
    baseFrame: values.base_frame,
    toolFrame: values.tool_frame,
    sensorFrame: values.sensor_frame,
    cameras: cameras.map((name, i) => ({ name, frame: frames[i] })),
    imageTransport: values.image_transport,
    gripperStates: { topic: values.gripper_states || undefined, joints: fingers },
    jointAge: values.joint_age,
    imageSize: values.image_size,
    cameraRate: values.camera_rate,
    sensorRate: values.sensor_rate,
  };
}

/** The URDF of the parameter `robot_description`; undefined when it is empty. */
function urdfOf(description: string): string | undefined {
  if (description === '') return undefined;
  if (description.trimStart().startsWith('<')) return description;
  if (!existsSync(description)) throw new InputError(`parameter robot_description: no file ${description}`);
  return readFileSync(description, 'utf8');
}
