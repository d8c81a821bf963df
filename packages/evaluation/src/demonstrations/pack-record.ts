import {
  type ActionChunk,
  type ImageFrame,
  type JointState,
  jointsAlong,
  type Kinematics,
  type Observation,
  POSE_SIZE,
  quaternion,
  stiffTool,
} from '@praxis/core';
import type { Annotation, ExpertPhase, ObjectColour, ObjectShape, TaskInstance, TaskState } from '@praxis/sim';
import type { ImagePoint } from './projection.ts';
import {
  CAMERAS,
  COMPLIANCE_ACTIONS,
  JOINT_ACTIONS,
  type RecordFormat,
  STATE_HISTORY_SAMPLES,
  TOOL_ACTIONS,
  WRENCH_WINDOW_SAMPLES,
} from './record-format.ts';
import { RecordWriter } from './record-writer.ts';

/** Force above which the wrist sensor counts as in contact (N). */
const CONTACT_FORCE_N = 1.5;
/** A grasped object is the one within this distance of the tool (m, sum over the axes). */
const GRASP_DISTANCE_M = 0.06;

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
  press: 8,
  push: 9,
  pull: 10,
  insert: 11,
  wipe: 12,
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
const SHAPE_CODES: Readonly<Record<ObjectShape, number>> = {
  cube: 0,
  cylinder: 1,
  brick: 2,
  box: 3,
  button: 4,
  drawer: 5,
  socket: 6,
  patch: 7,
};

/** Packs one record; undefined while a stream of the observation has no sample yet. */
export function packRecord(format: RecordFormat, moment: RecordInput): Uint8Array | undefined {
  const { observation, annotation, state, instance, label } = moment;
  const input = (field: string) => observation.inputs.get(format.inputs.get(field)?.name ?? '');
  if ([...format.inputs.keys()].some((field) => !input(field)?.present)) return undefined;
  const samples = (field: string) => input(field)?.samples ?? [];
  const record = new RecordWriter(format);
  const write = record.write.bind(record);
  const uv = (camera: 'front' | 'wrist', object: string | undefined) => {
    if (object === undefined) return [0, 0, 0];
    const { x, y, visible } = moment.pixel(camera, input(`images.${camera}`)!.stamp, object);
    return [x, y, visible ? 1 : 0];
  };
  const history = samples('state') as readonly Float64Array[];
  const pose = history.at(-1)!;
  const joints = samples('joints')[0] as JointState;
  const wrenches = samples('wrench') as readonly Float64Array[];
  for (const camera of CAMERAS) write(`images.${camera}`, (samples(`images.${camera}`)[0] as ImageFrame).data);
  if (wrenches.length > 0) write('wrench', rows(wrenches, WRENCH_WINDOW_SAMPLES));
  write('state', pose);
  write('history', rows(history, STATE_HISTORY_SAMPLES));
  write('joints', inOrder(joints, format.inputs.get('joints')?.names ?? []));
  write(TOOL_ACTIONS, relativeActions(label, pose));
  write(JOINT_ACTIONS, jointActions(label, joints, format.kinematics));
  if (format.actions.has(COMPLIANCE_ACTIONS)) write(COMPLIANCE_ACTIONS, complianceActions(label));
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
  const [fx, fy, fz] = wrenches.at(-1) ?? [0, 0, 0];
  const contact = Math.sqrt(fx ** 2 + fy ** 2 + fz ** 2) > CONTACT_FORCE_N ? 1 : 0;
  write('flags', [annotation.grasped ? 1 : 0, annotation.heldMass, contact, PHASE_CODES[annotation.phase]]);
  write('task', [moment.task]);
  write('goal', [moment.goal]);
  write('seed', [moment.seed]);
  write('step', [moment.step]);
  return record.bytes;
}

/** The last `count` samples one after another, oldest first. The oldest sample is repeated where there are fewer. */
export function rows(samples: readonly Float64Array[], count: number): Float64Array {
  const size = samples[0].length;
  const out = new Float64Array(count * size);
  for (let k = 0; k < count; k++) out.set(samples[Math.max(0, samples.length - count + k)], size * k);
  return out;
}

/**
 * Actions relative to the tool's pose: rows of position change (m) and rotation vector (rad) in base axes, and the width (m).
 * @param chunk poses of the tool in the base frame as block `arm`, widths as block `gripper`
 * @param state `ee_state` from which they count
 */
export function relativeActions(
  { blocks: { arm, gripper }, horizon }: Pick<ActionChunk, 'blocks' | 'horizon'>,
  state: Float64Array,
): Float64Array {
  const out = new Float64Array(horizon * 7);
  const now = new Float64Array(4);
  const turn = new Float64Array(4);
  quaternion.fromRotationVector(state, now, 3, 0);
  quaternion.conjugate(now, now);
  for (let k = 0; k < horizon; k++) {
    const row = k * POSE_SIZE;
    for (let i = 0; i < 3; i++) out[7 * k + i] = arm.data[row + i] - state[i];
    quaternion.multiply(arm.data, now, turn, row + 3, 0, 0);
    quaternion.toRotationVector(turn, out, 0, 7 * k + 3);
    out[7 * k + 6] = gripper.data[k];
  }
  return out;
}

/** Rows of stiffness (N/m) and force (N) of the tool along the base axes: those of a stiff tool where the chunk has none. */
function complianceActions({ blocks, horizon }: ActionChunk): Float64Array {
  const { stiffness, force } = { ...stiffTool(horizon), ...blocks };
  const out = new Float64Array(horizon * 6);
  for (let k = 0; k < horizon; k++) {
    out.set(stiffness.data.subarray(3 * k, 3 * k + 3), 6 * k);
    out.set(force.data.subarray(3 * k, 3 * k + 3), 6 * k + 3);
  }
  return out;
}

/** Positions of joints by name (rad, m). */
const inOrder = ({ names, position }: JointState, wanted: readonly string[]): Float64Array =>
  Float64Array.from(wanted, (name) => position[names.indexOf(name)]);

/**
 * The chunk as positions of the joints: each pose of the tool from the joints of the pose before it, the first one from the measured
 * joints. Rows of the positions (rad) in the order of the kinematics, and the width (m).
 */
function jointActions(
  { blocks: { arm, gripper }, horizon }: ActionChunk,
  measured: JointState,
  kinematics: Kinematics,
): Float64Array {
  const size = kinematics.jointNames.length;
  const rows = jointsAlong(kinematics, arm.data, inOrder(measured, kinematics.jointNames));
  const out = new Float64Array(horizon * (size + 1));
  for (let k = 0; k < horizon; k++) {
    out.set(rows.subarray(k * size, (k + 1) * size), k * (size + 1));
    out[k * (size + 1) + size] = gripper.data[k];
  }
  return out;
}
