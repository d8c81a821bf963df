import {
  CONTACT_WRENCH,
  ContactWrench,
  EE_STATE,
  InputError,
  type JointState,
  type PolicySpec,
  type RobotSpec,
  type SignalSpec,
  type StreamValue,
} from '@praxis/core';
import {
  type DatasetFeature,
  type DatasetInfo,
  elementCount,
  elementNames,
  type FeatureValue,
  isNumeric,
} from '@praxis/wire/lerobot';
import { decodePng } from '../../files/decode-png.ts';
import type { ReplayRobot } from '../../replay/replay-robot.ts';
import { IMAGES, STATE } from '../export/frame-layout.ts';

const WRENCH = 'observation.wrench';
/** Feature of exported recordings alone, whose forces are those of the sensor; those of demonstrations are without the tool's weight. */
const STAMPS = 'stamps';
/** Streams that come from {@link STATE}. */
const FROM_STATE: readonly string[] = ['joints', EE_STATE];
const INSTRUCTION = 'instruction';

/** Values of an episode by feature. */
export type Columns = ReadonlyMap<string, readonly FeatureValue[]>;

/** What {@link FrameStreams} reads of a dataset. */
export interface FrameSource {
  readonly name: string;
  readonly info: Pick<DatasetInfo, 'features' | 'fps'>;
}

/** One stream of the robot and the feature that feeds it. */
interface FedStream {
  readonly spec: SignalSpec;
  readonly feature: string;
}

/**
 * The streams of a robot that a dataset has, for a policy: joints by their names in `observation.state`, pictures of `observation.images.NAME`,
 * the wrench of `observation.wrench`, other numbers of `observation.STREAM`, and the task of a frame as the instruction.
 */
export class FrameStreams {
  /** The robot with these streams alone. */
  readonly robot: RobotSpec;
  /** Features that are read. */
  readonly features: readonly string[];
  readonly #name: string;
  readonly #fps: number;
  readonly #fed: readonly FedStream[];
  /** Place of each joint of the robot in the state. */
  readonly #order: readonly number[];

  /** @throws {InputError} in one line for what the policy or the robot needs and the dataset lacks */
  constructor({ name, info }: FrameSource, robot: RobotSpec, policy: PolicySpec) {
    const { features, fps } = info;
    this.#name = name;
    this.#fps = fps;
    const [joints, instruction] = ['joints', INSTRUCTION].map((each) => streamOf(robot, each));
    this.#order = jointOrder(name, features[STATE], joints, robot.name);
    const fed: FedStream[] = [{ spec: joints, feature: STATE }];
    for (const { name: input } of policy.inputs) {
      if (input === INSTRUCTION || FROM_STATE.includes(input)) continue;
      const feature = featureOf(input);
      const found = features[feature];
      if (!found)
        throw new InputError(
          `${name}: policy ${policy.name} needs ${input}, for which the dataset lacks ${feature}; it has ${Object.keys(features).join(', ')}`,
        );
      if (found.dtype === 'video')
        throw new InputError(
          `${name}: policy ${policy.name} needs ${input}, but ${feature} is a video, which is not decoded; expected pictures inside the table`,
        );
      fed.push({ spec: streamSpec(name, robot, input, feature, found, STAMPS in features), feature });
    }
    this.#fed = fed;
    this.features = [...fed.map(({ feature }) => feature), 'task_index'];
    this.robot = { ...robot, streams: [...fed.map(({ spec }) => spec), instruction] };
  }

  /**
   * Publishes what a frame holds at its time, `frame / fps`. Between two frames numbers are interpolated at the rate of their stream, since a
   * policy may read more samples than there are frames; velocities of joints are those of the last frame to this one.
   */
  publish(target: ReplayRobot, columns: Columns, frame: number, task: string | undefined): void {
    const time = frame / this.#fps;
    for (const { spec, feature } of this.#fed) {
      const values = columns.get(feature) ?? [];
      if (spec.dtype === 'uint8') {
        const where = `${this.#name}: frame ${frame}: ${feature}`;
        const { rgb, width, height } = decodePng(values[frame] as Uint8Array, where);
        target.publish(spec.name, { value: { width, height, data: rgb }, stamp: time, received: time });
        continue;
      }
      const [now, before] = [vectorOf(values[frame]), vectorOf(values[Math.max(0, frame - 1)])];
      const steps = frame === 0 ? 1 : Math.max(1, Math.round(spec.rateHz / this.#fps));
      for (let k = 1; k <= steps; k++) {
        const stamp = time - (steps - k) / (steps * this.#fps);
        const value = now.map((each, i) => before[i] + (k / steps) * (each - before[i]));
        target.publish(spec.name, { value: this.#value(spec, value, now, before), stamp, received: stamp });
      }
    }
    if (task !== undefined) target.publish(INSTRUCTION, { value: task, stamp: time, received: time });
  }

  #value({ name, names }: SignalSpec, value: Float64Array, now: Float64Array, before: Float64Array): StreamValue {
    if (name !== 'joints' || !names) return value;
    const state: JointState = {
      names,
      position: Float64Array.from(this.#order, (i) => value[i]),
      velocity: Float64Array.from(this.#order, (i) => (now[i] - before[i]) * this.#fps),
    };
    return state;
  }
}

function streamOf(robot: RobotSpec, name: string): SignalSpec {
  const spec = robot.streams.find((each) => each.name === name);
  if (spec) return spec;
  throw new InputError(`robot ${robot.name}: no stream ${name}, which a replay needs`);
}

/** Where each joint of the robot is in the state. */
function jointOrder(
  dataset: string,
  state: DatasetFeature | undefined,
  { names = [] }: SignalSpec,
  robot: string,
): readonly number[] {
  if (!state) throw new InputError(`${dataset}: has no feature ${STATE}`);
  const own = elementNames(state);
  const missing = names.filter((name) => !own.includes(name));
  if (missing.length > 0)
    throw new InputError(
      `${dataset}: ${STATE} lacks ${missing.join(', ')} of robot ${robot}; its elements are ${own.join(', ')}`,
    );
  return names.map((name) => own.indexOf(name));
}

/** The feature of a stream, as an export names it. */
function featureOf(stream: string): string {
  if (stream === CONTACT_WRENCH) return WRENCH;
  if (stream.startsWith('images.')) return IMAGES + stream.slice('images.'.length).replaceAll('/', '.');
  return `observation.${stream.replaceAll('/', '.')}`;
}

/** The spec of the stream that a feature feeds: the robot's, with the size that the pictures have. */
function streamSpec(
  dataset: string,
  robot: RobotSpec,
  input: string,
  feature: string,
  found: DatasetFeature,
  recorded: boolean,
): SignalSpec {
  if (input === CONTACT_WRENCH) {
    const wrench = streamOf(robot, 'wrench');
    checkSize(dataset, feature, found, wrench);
    // The loop subtracts the tool's weight and averages what the sensor measured.
    return recorded ? wrench : { ...wrench, name: CONTACT_WRENCH, unit: ContactWrench.unit, rateHz: CONTACT_RATE_HZ };
  }
  const spec = streamOf(robot, input);
  if (spec.dtype !== 'uint8') {
    checkSize(dataset, feature, found, spec);
    return spec;
  }
  if (found.dtype !== 'image')
    throw new InputError(`${dataset}: ${feature} has dtype ${found.dtype}, expected pictures for ${input}`);
  const channels = found.shape.indexOf(3);
  // LeRobot writes channels first or last.
  const [height, width] = channels === 0 ? found.shape.slice(1) : found.shape;
  return { ...spec, shape: [height, width, 3] };
}

/** Rate of contact wrenches (Hz). */
const CONTACT_RATE_HZ = 100;

function checkSize(dataset: string, feature: string, found: DatasetFeature, { name, shape }: SignalSpec): void {
  if (isNumeric(found) && elementCount(found) === elementCount({ shape })) return;
  const has = `dtype ${found.dtype} and shape ${found.shape.join(' x ')}`;
  throw new InputError(`${dataset}: ${feature} has ${has}, expected ${elementCount({ shape })} numbers for ${name}`);
}

const vectorOf = (value: FeatureValue): Float64Array =>
  typeof value === 'object' ? Float64Array.from(value as ArrayLike<number>) : Float64Array.of(Number(value));
