import { InputError, type RobotSpec, type SignalSpec, type StreamValue } from '@praxis/core';
import type { CommandMessage } from '@praxis/wire';
import { type DatasetFeatures, elementCount } from '@praxis/wire/lerobot';
import { vectorFeature } from './episode-source.ts';
import { cameraFeature, type PictureFormat } from './pictures.ts';

/** Names of the elements of a wrench, whose spec has none. */
const WRENCH_NAMES = ['fx', 'fy', 'fz', 'tx', 'ty', 'tz'];

/** Names of LeRobot's features. */
export const STATE = 'observation.state';
export const ACTION = 'action';
export const IMAGES = 'observation.images.';
/** Name of LeRobot's feature that is true while a person drives, as `lerobot-rollout` writes it for DAgger. */
export const INTERVENTION = 'intervention';

/** How the streams and commands of a robot become features. */
export interface FrameLayout {
  /** Streams with one value in each frame; instructions are tasks instead. */
  readonly streams: readonly SignalSpec[];
  /** Streams of joints, whose positions together are the state. */
  readonly joints: readonly SignalSpec[];
  /** Streams of pictures and of other numbers, by the name of their feature. */
  readonly cameras: ReadonlyMap<string, SignalSpec>;
  readonly vectors: ReadonlyMap<string, SignalSpec>;
  readonly commands: readonly SignalSpec[];
  /** How pictures are stored. */
  readonly pictures: PictureFormat;
  readonly features: DatasetFeatures;
}

const isText = ({ dtype }: SignalSpec): boolean => dtype === 'string';
const isPicture = ({ dtype, shape }: SignalSpec): boolean => dtype === 'uint8' && shape.length === 3;

/** A name within a feature: LeRobot keeps "/" for itself. */
const featureName = (stream: string): string => stream.replaceAll('/', '.');

/**
 * The layout of the frames of a robot: positions of joints as `observation.state`, pictures as `observation.images.NAME`, every other stream of
 * numbers as `observation.STREAM`, commands as `action`, the times of the samples as `stamps` and `received` (s), and whether a
 * person drives as `intervention`.
 * @param streams streams that were recorded
 * @param pictures how pictures are stored
 */
export function frameLayout(
  name: string,
  { commands }: RobotSpec,
  streams: readonly SignalSpec[],
  pictures: PictureFormat,
): FrameLayout {
  const sampled = streams.filter((spec) => !isText(spec));
  const joints = sampled.filter(({ modality, names }) => modality === 'joints' && names !== undefined);
  if (joints.length === 0)
    throw new InputError(`${name}: no stream of joints with names, expected the state of a robot`);
  if (commands.length === 0) throw new InputError(`${name}: the robot has no commands, expected actions`);
  const rest = sampled.filter((spec) => !joints.includes(spec));
  const cameras = new Map(
    rest.filter(isPicture).map((spec) => [IMAGES + featureName(spec.name.replace(/^images\./, '')), spec]),
  );
  const vectors = new Map(
    rest.filter((spec) => !isPicture(spec)).map((spec) => [`observation.${featureName(spec.name)}`, spec]),
  );
  const stamped = sampled.map((spec) => spec.name);
  return {
    ...{ streams: sampled, joints, cameras, vectors, commands, pictures },
    features: {
      [STATE]: vectorFeature(prefixed(joints)),
      [ACTION]: vectorFeature(prefixed(commands)),
      ...Object.fromEntries(
        [...cameras].map(([feature, { shape }]) => [feature, cameraFeature(pictures, shape[0], shape[1])]),
      ),
      ...Object.fromEntries([...vectors].map(([feature, spec]) => [feature, vectorFeature(vectorNames(spec))])),
      stamps: vectorFeature(stamped, 'float64'),
      received: vectorFeature(stamped, 'float64'),
      [INTERVENTION]: { dtype: 'bool', shape: [1], names: null },
    },
  };
}

/** Names of the elements of several signals; those of one alone need no prefix. */
const prefixed = (specs: readonly SignalSpec[]): readonly string[] =>
  specs.flatMap(({ name, names = [] }) => names.map((each) => (specs.length === 1 ? each : `${name}.${each}`)));

function vectorNames({ modality, names, shape }: SignalSpec): readonly string[] {
  const count = elementCount({ shape });
  if (names?.length === count) return names;
  if (modality === 'wrench' && count === WRENCH_NAMES.length) return WRENCH_NAMES;
  return Array.from({ length: count }, (_, i) => String(i));
}

/** Numbers of a sample of joints, in the order of the spec, or of any other stream of numbers. */
export function numbersOf({ names }: SignalSpec, value: StreamValue): Float64Array {
  if (typeof value === 'object' && 'position' in value && names)
    return Float64Array.from(names, (name) => value.position[value.names.indexOf(name)] ?? Number.NaN);
  return value instanceof Float64Array ? value : Float64Array.from([Number(value)]);
}

/** Numbers of a command in the order of its spec: positions and the width of the gripper, or velocities of a base. */
export function commandNumbers({ names = [] }: SignalSpec, command: CommandMessage): readonly number[] {
  if (command.twist.length > 0) return [...command.twist];
  const { position, gripper_width } = command;
  return names.length > position.length ? [...position, gripper_width] : [...position];
}
