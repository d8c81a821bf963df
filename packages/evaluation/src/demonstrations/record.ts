import type { Observation, PolicyInputSpec } from '@praxis/core';
import { ACTION_SIZE, type ActionChunk, type ImageFrame, InputError, quaternion } from '@praxis/core';
import type { Annotation, ExpertPhase, ObjectColour, ObjectShape, TaskInstance, TaskState } from '@praxis/sim';
import { ROBOT_SPEC } from '@praxis/sim';
import { elementCount, FIELDS, OFFSETS, RECORD_BYTES } from './fields.ts';
import type { Pixel } from './projection.ts';

const WRENCH_WINDOW_SAMPLES = 32;

const spec = (name: string) => ROBOT_SPEC.streams.find((stream) => stream.name === name)!;

/** What every record shows of the robot: asked for from the loop whoever drives. */
export const RECORDED_INPUTS: readonly PolicyInputSpec[] = [
  { ...spec('images.front'), maximumAge: 0.25, window: 1 },
  { ...spec('images.wrist'), maximumAge: 0.25, window: 1 },
  {
    name: 'wrench.contact',
    modality: 'wrench',
    dtype: 'float64',
    shape: [6],
    unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'],
    frame: 'ft_sensor_link',
    rateHz: 100,
    maximumAge: 0.1,
    window: WRENCH_WINDOW_SAMPLES,
  },
  {
    name: 'ee_state',
    modality: 'joints',
    dtype: 'float64',
    shape: [8],
    unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'],
    frame: 'base_link',
    rateHz: 500,
    maximumAge: 0.05,
    window: 1,
  },
  { ...spec('instruction'), maximumAge: Number.POSITIVE_INFINITY, window: 1 },
];

export interface RecordInput {
  readonly observation: Observation;
  readonly label: ActionChunk;
  readonly annotation: Annotation;
  readonly state: TaskState;
  readonly instance: TaskInstance;
  /** Where an object was in the image of that stamp. */
  readonly pixel: (camera: 'front' | 'wrist', stamp: number, object: string) => Pixel;
  readonly task: number;
  readonly goal: number;
  readonly seed: number;
  readonly step: number;
}

const CAMERAS = ['front', 'wrist'] as const;

/** Codes of the data set, as `training` reads them: they never change. Carrying and putting back share a code. */
const PHASE_CODES: Readonly<Record<ExpertPhase, number>> = {
  reach: 0,
  descend: 1,
  grasp: 2,
  lift: 3,
  carry: 4,
  put_back: 4,
  place: 5,
  release: 6,
  done: 7,
};
const COLOUR_CODES: Readonly<Record<ObjectColour, number>> = {
  red: 0,
  green: 1,
  blue: 2,
  yellow: 3,
  purple: 4,
  orange: 5,
  brown: 6,
};
const SHAPE_CODES: Readonly<Record<ObjectShape, number>> = { cube: 0, cylinder: 1, brick: 2, box: 3 };

/** Packs one moment; undefined while a sensor has not spoken yet. */
export function packRecord(moment: RecordInput): Uint8Array | undefined {
  const { observation, annotation, state, instance, label } = moment;
  const inputs = RECORDED_INPUTS.map(({ name }) => observation.inputs.get(name));
  if (inputs.some((input) => !input?.present)) return undefined;
  const [front, wrist, wrench, ee] = inputs.map((input) => input!);
  const record = new Uint8Array(RECORD_BYTES);
  const view = new DataView(record.buffer);
  const write = (name: string, values: ArrayLike<number>) => {
    const field = FIELDS.find((f) => f.name === name)!;
    if (values.length !== elementCount(field)) {
      throw new InputError(`record field ${name}: ${values.length} numbers, expected ${elementCount(field)}`);
    }
    let offset = OFFSETS.get(name)!;
    if (field.dtype === 'u1') record.set(values, offset);
    else {
      for (let i = 0; i < values.length; i++, offset += 4) {
        if (field.dtype === 'f4') view.setFloat32(offset, values[i], true);
        else view.setInt32(offset, values[i], true);
      }
    }
  };
  const stamps = { front: front.stamp, wrist: wrist.stamp };
  const uv = (camera: 'front' | 'wrist', object: string | undefined) => {
    if (object === undefined) return [0, 0, 0];
    const { x, y, visible } = moment.pixel(camera, stamps[camera], object);
    return [x, y, visible ? 1 : 0];
  };
  const pose = ee.samples[0] as Float64Array;
  write('images.front', (front.samples[0] as ImageFrame).data);
  write('images.wrist', (wrist.samples[0] as ImageFrame).data);
  write('wrench', windowed(wrench.samples as Float64Array[]));
  write('state', pose);
  write('actions', relativeActions(label, pose));
  write(
    'goal.uv',
    CAMERAS.flatMap((camera) => uv(camera, annotation.object)),
  );
  write(
    'goal.position',
    annotation.place.map((v, i) => v - pose[i]),
  );
  const objects = instance.named.flatMap(({ object, colour, shape }) => {
    const p = state.position(object);
    const near = Math.abs(p[0] - state.tool[0]) + Math.abs(p[1] - state.tool[1]) + Math.abs(p[2] - state.tool[2]);
    return [
      COLOUR_CODES[colour],
      SHAPE_CODES[shape],
      ...uv('front', object),
      ...uv('wrist', object),
      annotation.grasped && near < 0.06 ? 1 : 0,
    ];
  });
  while (objects.length < 36) objects.push(-1, -1, 0, 0, 0, 0, 0, 0, 0);
  write('objects', objects);
  const last = (wrench.samples as Float64Array[])[wrench.samples.length - 1];
  const contact = Math.sqrt(last[0] ** 2 + last[1] ** 2 + last[2] ** 2) > 1.5 ? 1 : 0;
  write('flags', [annotation.grasped ? 1 : 0, annotation.heldMass, contact, PHASE_CODES[annotation.phase]]);
  write('task', [moment.task]);
  write('goal', [moment.goal]);
  write('seed', [moment.seed]);
  write('step', [moment.step]);
  return record;
}

/** The last samples, oldest first; the oldest repeated while there are fewer. */
function windowed(samples: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(WRENCH_WINDOW_SAMPLES * 6);
  for (let k = 0; k < WRENCH_WINDOW_SAMPLES; k++) {
    out.set(samples[Math.max(0, samples.length - WRENCH_WINDOW_SAMPLES + k)], 6 * k);
  }
  return out;
}

/** Rows of position and rotation-vector change from the tool's pose in base axes, and the width as it is. */
function relativeActions({ actions, horizon }: ActionChunk, state: Float64Array): Float64Array {
  const out = new Float64Array(horizon * 7);
  const now = new Float64Array(4);
  const turn = new Float64Array(4);
  quaternion.fromRotationVector(state, now, 3, 0);
  quaternion.conjugate(now, now);
  for (let k = 0; k < horizon; k++) {
    const row = k * ACTION_SIZE;
    for (let i = 0; i < 3; i++) out[7 * k + i] = actions[row + i] - state[i];
    quaternion.multiply(actions, now, turn, row + 3, 0, 0);
    quaternion.toRotationVector(turn, out, 0, 7 * k + 3);
    out[7 * k + 6] = actions[row + 7];
  }
  return out;
}
