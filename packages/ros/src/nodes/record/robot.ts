import { InputError, type SignalSpec } from '@praxis/core';
import { robotDigest } from '@praxis/evaluation';
import type { ParameterValues } from '../../rcl/parameters.ts';
import type { RosSession } from '../../rcl/session.ts';
import { type FolderRobot, findRobot, openFolder, unusedParameters } from '../../robot/node-robot.ts';
import { ALL_CAMERAS, type RECORD_PARAMETERS } from './parameters.ts';
import type { RecordedRobot } from './topics.ts';

type Values = ParameterValues<typeof RECORD_PARAMETERS>;
type Stream = Pick<SignalSpec, 'name' | 'modality'>;

/** The robot of a recording. */
export interface RobotOfRecording extends RecordedRobot {
  /** Name in the names of files. */
  readonly name: string;
  /** What the recording's facts say of it. */
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * The robot that the parameters name: that of a folder, or an arm with the cameras and the sensor that they list. No URDF is needed.
 * @throws {InputError} when the folder is missing or not valid, or `recorded_cameras` names an unknown camera
 */
export async function openRecordedRobot({ log }: Pick<RosSession, 'log'>, values: Values): Promise<RobotOfRecording> {
  if (values.robot === '') return describedRobot(values);
  const folder = await openFolder(await findRobot(values));
  const unused = unusedParameters(values);
  if (unused.length > 0)
    log.warn(`robot ${folder.setup.name}: its folder describes the robot; not used: ${unused.join(', ')}`);
  return folderRobot(folder, values);
}

/** The robot of a folder. @throws {InputError} as {@link openRecordedRobot} */
export function folderRobot({ choice, setup }: FolderRobot, values: Values): RobotOfRecording {
  const { spec, arms, bases, name } = setup;
  return {
    ...{ ...driversOf(values), name, streams: chosenStreams(spec.streams, values.recorded_cameras) },
    arms: arms.map((arm) => ({ name: arm.name, gripperKind: arm.gripper ? 'given' : 'none' })),
    bases: bases.map((base) => ({ name: base.name })),
    facts: { robot: name, robot_folder: values.robot, robot_sha256: robotDigest(choice) },
  };
}

/** The arm that parameters describe. @throws {InputError} as {@link openRecordedRobot} */
export function describedRobot(values: Values): RobotOfRecording {
  const cameras = values.cameras.filter((name) => name !== '');
  const streams: readonly Stream[] = [
    ...cameras.map((name) => ({ name: `images.${name}`, modality: 'vision' })),
    ...(values.sensor_frame === '' ? [] : [{ name: 'wrench', modality: 'wrench' }]),
    { name: 'joints', modality: 'joints' },
    { name: 'instruction', modality: 'language' },
  ];
  return {
    ...{ ...driversOf(values), name: 'robot', streams: chosenStreams(streams, values.recorded_cameras) },
    ...{ arms: [{ name: 'arm', gripperKind: 'unknown' }], bases: [], facts: {} },
  };
}

const driversOf = ({ image_transport, gripper_states }: Values) => ({
  imageTransport: image_transport,
  gripperStates: gripper_states || undefined,
});

/** The streams without the images of cameras that are not chosen. */
function chosenStreams(streams: readonly Stream[], chosen: readonly string[]): readonly Stream[] {
  if (chosen.includes(ALL_CAMERAS)) return streams;
  const named = chosen.filter((name) => name !== '').map((name) => `images.${name}`);
  const known = streams.filter(({ modality }) => modality === 'vision').map(({ name }) => name);
  const missing = named.find((name) => !known.includes(name));
  if (missing !== undefined) {
    const names = known.map((name) => name.slice('images.'.length)).join(', ') || 'none';
    throw new InputError(
      `parameter recorded_cameras: no camera ${missing.slice('images.'.length)}; the robot has ${names}`,
    );
  }
  return streams.filter(({ name, modality }) => modality !== 'vision' || named.includes(name));
}
