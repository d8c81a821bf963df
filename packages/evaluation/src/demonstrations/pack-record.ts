import type { Observation, PolicyInputSpec } from '@praxis/core';
import {
  ACTION_SIZE,
  type ActionChunk,
  CONTACT_WRENCH,
  ContactWrench,
  EE_STATE,
  EndEffectorState,
  type ImageFrame,
  InputError,
  quaternion,
} from '@praxis/core';
import type { Annotation, ExpertPhase, ObjectColour, ObjectShape, TaskInstance, TaskState } from '@praxis/sim';
import { ROBOT_SPEC } from '@praxis/sim';
import type { ImagePoint } from './projection.ts';
import { countElements, FIELD_OFFSETS_BYTES, FIELDS, RECORD_BYTES } from './record-format.ts';

const WRENCH_WINDOW_SAMPLES = 32;
/** Force above which the wrist sensor counts as in contact (N). */
const CONTACT_FORCE_N = 1.5;
/** A grasped object is the one within this distance of the tool (m, sum over the axes). */
const GRASP_DISTANCE_M = 0.06;

const spec = (name: string) => ROBOT_SPEC.streams.find((stream) => stream.name === name)!;

/** Streams that every record contains, independent of the driving policy. */
export const RECORDED_INPUTS: readonly PolicyInputSpec[] = [
  { ...spec('images.front'), maximumAge: 0.25, window: 1 },
  { ...spec('images.wrist'), maximumAge: 0.25, window: 1 },
  {
    ...spec('wrench'),
    name: CONTACT_WRENCH,
    unit: ContactWrench.unit,
    rateHz: 100,
    maximumAge: 0.1,
    window: WRENCH_WINDOW_SAMPLES,
  },
  {
    ...EndEffectorState.spec,
    name: EE_STATE,
    frame: 'base_link',
    rateHz: spec('joints').rateHz,
    maximumAge: 0.05,
    window: 1,
  },
  { ...spec('instruction'), maximumAge: Number.POSITIVE_INFINITY, window: 1 },
];

/** Everything that a record contains: the observation at one inference, the expert's label and the state of the task. */
export interface RecordInput {
  readonly observation: Observation;
  readonly label: ActionChunk;
  readonly annotation: Annotation;
  readonly state: TaskState;
  readonly instance: TaskInstance;
  /** Returns the position of an object in the image of a camera with that stamp. */
  readonly pixel: (camera: 'front' | 'wrist', stamp: number, object: string) => ImagePoint;
  readonly task: number;
  readonly goal: number;
  readonly seed: number;
  readonly step: number;
}

const CAMERAS = ['front', 'wrist'] as const;

/** Codes of the phases in the dataset, which `training` reads: they never change. `carry` and `put_back` share a code. */
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

/** Packs one record; undefined while a stream of the observation has no sample yet. */
export function packRecord(moment: RecordInput): Uint8Array | undefined {
  const { observation, annotation, state, instance, label } = moment;
  const inputs = RECORDED_INPUTS.map(({ name }) => observation.inputs.get(name));
  if (inputs.some((input) => !input?.present)) return undefined;
  const [front, wrist, wrench, ee] = inputs.map((input) => input!);
  const record = new Uint8Array(RECORD_BYTES);
  const view = new DataView(record.buffer);
  const write = (name: string, values: ArrayLike<number>) => {
    const field = FIELDS.find((f) => f.name === name)!;
    if (values.length !== countElements(field)) {
      throw new InputError(`record field ${name}: ${values.length} numbers, expected ${countElements(field)}`);
    }
    let offset = FIELD_OFFSETS_BYTES.get(name)!;
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
  write('wrench', wrenchWindow(wrench.samples as Float64Array[]));
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
      annotation.grasped && near < GRASP_DISTANCE_M ? 1 : 0,
    ];
  });
  while (objects.length < 36) objects.push(-1, -1, 0, 0, 0, 0, 0, 0, 0);
  write('objects', objects);
  const last = (wrench.samples as Float64Array[])[wrench.samples.length - 1];
  const contact = Math.sqrt(last[0] ** 2 + last[1] ** 2 + last[2] ** 2) > CONTACT_FORCE_N ? 1 : 0;
  write('flags', [annotation.grasped ? 1 : 0, annotation.heldMass, contact, PHASE_CODES[annotation.phase]]);
  write('task', [moment.task]);
  write('goal', [moment.goal]);
  write('seed', [moment.seed]);
  write('step', [moment.step]);
  return record;
}

/** The last samples of the wrench, oldest first. The oldest sample is repeated until the window is full. */
function wrenchWindow(samples: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(WRENCH_WINDOW_SAMPLES * 6);
  for (let k = 0; k < WRENCH_WINDOW_SAMPLES; k++) {
    out.set(samples[Math.max(0, samples.length - WRENCH_WINDOW_SAMPLES + k)], 6 * k);
  }
  return out;
}

/** Actions relative to the tool's pose: rows of position change (m) and rotation vector (rad) in base axes, and the width (m). */
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
