import { InputError, type JointState, type Random, type Wrench } from '@praxis/core';
import { defineFault, direction, type Fault, type InjectionPoints } from './fault.ts';
import type { Disturbance, Sample } from './injection/faulty-robot.ts';

/** Repeats the value of its first sample with the stamps of the later ones. */
function frozen(): Disturbance {
  let last: Sample | undefined;
  return (sample, emit) => {
    last ??= sample;
    emit({ ...sample, value: last.value });
  };
}

/** Swaps the samples of each pair. */
function reordered(): Disturbance {
  let waiting: Sample | undefined;
  return (sample, emit) => {
    if (!waiting) {
      waiting = sample;
      return;
    }
    const { received } = sample;
    emit(sample);
    emit({ ...waiting, received });
    waiting = undefined;
  };
}

const duplicated: Disturbance = (sample, emit) => {
  emit(sample);
  emit(sample);
};

const dropped: Disturbance = () => undefined;

/** Adds a constant force of 15 to 40 N in a random direction, as an overloaded strain gauge or a pulling cable does. */
function biasedWrench(random: Random): Disturbance {
  const force = random.uniform(15, 40);
  const axis = direction(random);
  return (sample, emit) => {
    const value = (sample.value as Wrench).slice();
    for (let i = 0; i < 3; i++) value[i] += force * axis[i];
    emit({ ...sample, value });
  };
}

/** Adds a constant angle of 0.1 to 0.3 rad to one of the arm's joints, as a slipped coupling does. */
function biasedJoint(random: Random, joints: number): Disturbance {
  const joint = random.integer(joints);
  const angle = random.uniform(0.1, 0.3) * random.pick([-1, 1]);
  return (sample, emit) => {
    const state = sample.value as JointState;
    const position = state.position.slice();
    position[joint] += angle;
    emit({ ...sample, value: { ...state, position } });
  };
}

/** Returns every stream with a rate; the instruction has none. */
const sensors = ({ robot }: InjectionPoints) => robot.spec.streams.filter(({ rateHz }) => rateHz > 0);

/** Names of the streams of a modality. @throws {InputError} for a robot without one */
function streamsOf({ spec }: InjectionPoints['robot'], modality: string): readonly string[] {
  const names = spec.streams.filter((each) => each.modality === modality).map(({ name }) => name);
  if (names.length > 0) return names;
  throw new InputError(`robot ${spec.name}: it has no stream of modality ${modality} for the fault`);
}

/** Number of joints of the arm; the last name of its command is that of the gripper. */
const jointCount = ({ spec }: InjectionPoints['robot']): number =>
  spec.commands.find(({ name }) => name === 'arm')!.names!.length - 1;

const streamLost = (name: string, modality: string): Fault =>
  defineFault(
    `${name}_lost`,
    `${modality === 'vision' ? 'the stream of one camera' : `the ${name} stream`} stops`,
    ({ robot }, random) => robot.disturb(random.pick(streamsOf(robot, modality)), dropped),
  );

/** Faults of the sensors and of their streams. */
export const SENSOR_FAULTS: readonly Fault[] = [
  defineFault('sensor_frozen', 'the wrist force/torque sensor repeats its last value', ({ robot }) =>
    robot.disturb('wrench', frozen()),
  ),
  defineFault('joints_frozen', 'the joint encoders repeat their last values', ({ robot }) =>
    robot.disturb('joints', frozen()),
  ),
  defineFault('camera_frozen', 'one camera repeats its last image', ({ robot }, random) =>
    robot.disturb(random.pick(streamsOf(robot, 'vision')), frozen()),
  ),
  defineFault('sensor_biased', 'the wrist force/torque sensor is off by 15 to 40 N', ({ robot }, random) =>
    robot.disturb('wrench', biasedWrench(random)),
  ),
  defineFault('joints_biased', 'one joint encoder is off by 0.1 to 0.3 rad', ({ robot }, random) =>
    robot.disturb('joints', biasedJoint(random, jointCount(robot))),
  ),
  defineFault('samples_reordered', 'the samples of every sensor arrive in swapped pairs', (points) => {
    for (const { name } of sensors(points)) points.robot.disturb(name, reordered());
  }),
  defineFault('samples_duplicated', 'every sample of every sensor arrives twice', (points) => {
    for (const { name } of sensors(points)) points.robot.disturb(name, duplicated);
  }),
  streamLost('camera', 'vision'),
  streamLost('wrench', 'wrench'),
  streamLost('joints', 'joints'),
  defineFault('language_lost', 'the instruction stream ends with an error', ({ robot }) =>
    robot.failStream('instruction', new InputError('instruction: the microphone is disconnected')),
  ),
];
