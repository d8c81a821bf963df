import { InputError, type JointState, type Random, type Wrench } from '@praxis/core';
import { defineFault, direction, type Fault, type InjectionPoints } from './fault.ts';
import type { Disturbance, Sample } from './injection/faulty-robot.ts';

/** The value stays as it was; the stamps go on. */
function frozen(): Disturbance {
  let last: Sample | undefined;
  return (sample, emit) => {
    last ??= sample;
    emit({ ...sample, value: last.value });
  };
}

/** Two by two the later one comes first. */
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

/** Off by a constant force in a random direction (N): an overload that left the gauge strained, a cable that pulls. */
function biasedWrench(random: Random): Disturbance {
  const force = random.uniform(15, 40);
  const axis = direction(random);
  return (sample, emit) => {
    const value = (sample.value as Wrench).slice();
    for (let i = 0; i < 3; i++) value[i] += force * axis[i];
    emit({ ...sample, value });
  };
}

/** One joint's encoder is off by a constant angle (rad): a slipped coupling. */
function biasedJoint(random: Random): Disturbance {
  const joint = random.integer(7);
  const angle = random.uniform(0.1, 0.3) * random.pick([-1, 1]);
  return (sample, emit) => {
    const state = sample.value as JointState;
    const position = state.position.slice();
    position[joint] += angle;
    emit({ ...sample, value: { ...state, position } });
  };
}

/** Every stream that has a rate. */
const sensors = ({ robot }: InjectionPoints) => robot.spec.streams.filter(({ rateHz }) => rateHz > 0);

const streamLost = (name: string, modality: string): Fault =>
  defineFault(
    `${name}_lost`,
    `nothing comes from ${modality === 'vision' ? 'one of the cameras' : `the ${name}`}`,
    (points, random) => {
      const streams = points.robot.spec.streams.filter((each) => each.modality === modality);
      points.robot.disturb(random.pick(streams).name, dropped);
    },
  );

/** What can happen to sensors and to the way from them. */
export const SENSOR_FAULTS: readonly Fault[] = [
  defineFault('sensor_frozen', 'the wrist force/torque sensor goes on with its last value', ({ robot }) =>
    robot.disturb('wrench', frozen()),
  ),
  defineFault('joints_frozen', 'the joint encoders go on with their last values', ({ robot }) =>
    robot.disturb('joints', frozen()),
  ),
  defineFault('camera_frozen', 'one of the cameras goes on with its last image', ({ robot }, random) =>
    robot.disturb(random.pick(['images.front', 'images.wrist']), frozen()),
  ),
  defineFault('sensor_biased', 'the wrist force/torque sensor is off by 15 to 40 N', ({ robot }, random) =>
    robot.disturb('wrench', biasedWrench(random)),
  ),
  defineFault('joints_biased', 'one joint encoder is off by 0.1 to 0.3 rad', ({ robot }, random) =>
    robot.disturb('joints', biasedJoint(random)),
  ),
  defineFault('samples_reordered', 'two by two the samples of every sensor come in the wrong order', (points) => {
    for (const { name } of sensors(points)) points.robot.disturb(name, reordered());
  }),
  defineFault('samples_duplicated', 'every sample of every sensor comes twice', (points) => {
    for (const { name } of sensors(points)) points.robot.disturb(name, duplicated);
  }),
  streamLost('camera', 'vision'),
  streamLost('wrench', 'wrench'),
  streamLost('joints', 'joints'),
  defineFault('language_lost', 'the source of instructions is gone', ({ robot }) =>
    robot.failStream('instruction', new InputError('instruction: the microphone is gone')),
  ),
];
