import {
  type ActionSpec,
  COMPLIANCE,
  CONTACT_WRENCH,
  ContactWrench,
  EE_STATE,
  EndEffectorState,
  GRIPPER_WIDTH,
  InputError,
  type Kinematics,
  type PolicyInputSpec,
} from '@praxis/core';
import { EE_DELTA_NAMES } from '@praxis/policy';
import type { RobotSetup } from '@praxis/sim';

/** A field of a record: an array of numbers with a fixed shape. */
export interface Field {
  readonly name: string;
  readonly dtype: 'u1' | 'f4' | 'i4';
  readonly shape: readonly number[];
}

/**
 * Fields with actions: the same chunk of the expert as displacements of the tool and as positions of the joints, and beside them the
 * stiffness and the force of the tool, of a robot that feels.
 */
export const TOOL_ACTIONS = 'actions';
export const JOINT_ACTIONS = 'actions.joints';
export const COMPLIANCE_ACTIONS = 'actions.compliance';

/** Space in which the expert drives: poses of the tool, or the positions of the joints that reach them. */
export type DrivingSpace = 'ee_pose' | 'joint_position';

/** What a record of one robot holds, and where. */
export interface RecordFormat {
  /** The fields, packed in this order without gaps, little-endian. `training/data.py` reads them by this description. */
  readonly fields: readonly Field[];
  /** Offset of each field from the start of the record, in bytes. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Size of one record in bytes. */
  readonly bytes: number;
  /** Streams that every record contains, independent of the driving policy, by the names of their fields. */
  readonly inputs: ReadonlyMap<string, PolicyInputSpec>;
  /** For each field with actions its blocks: a row of the field has their elements, one block after another. */
  readonly actions: ReadonlyMap<string, readonly ActionSpec[]>;
  /** Kinematics of the arm, by which poses of the expert become positions of the joints. */
  readonly kinematics: Kinematics;
}

/** Actions in a recorded chunk, and the time between two of them (s). */
export const HORIZON = 16;
export const ACTION_PERIOD_S = 0.05;
/** Side of a recorded image (pixels). */
export const IMAGE_SIZE = 96;
export const WRENCH_WINDOW_SAMPLES = 64;
/** Samples of the tool's state in a record, the newest last, and the time between two of them (s). */
export const STATE_HISTORY_SAMPLES = 16;
const STATE_SPACING_S = 0.1;
export const CAMERAS = ['front', 'wrist'] as const;

/** Number of elements of a field. */
export const countElements = ({ shape }: Field): number => shape.reduce((product, n) => product * n, 1);
const countBytes = (field: Field) => countElements(field) * (field.dtype === 'u1' ? 1 : 4);

/**
 * The format of the records of a robot. A robot without a wrist sensor has no field `wrench`.
 * @throws {InputError} when the robot lacks one of the two cameras, or its images have another size; the message names the stream
 */
export function recordFormat({
  name,
  spec: { streams },
  kinematics,
  baseLink,
}: Pick<RobotSetup, 'name' | 'spec' | 'kinematics' | 'baseLink'>): RecordFormat {
  const find = (stream: string) => streams.find((each) => each.name === stream);
  const image = [IMAGE_SIZE, IMAGE_SIZE, 3];
  const inputs = new Map<string, PolicyInputSpec>();
  for (const camera of CAMERAS) {
    const stream = find(`images.${camera}`);
    if (stream?.shape.join() !== image.join()) {
      throw new InputError(
        `robot ${name}: stream images.${camera} is ${stream?.shape.join(' x ') ?? 'missing'}, expected ${image.join(' x ')}, as records of demonstrations hold it`,
      );
    }
    inputs.set(stream.name, { ...stream, maximumAge: 0.25, window: 1 });
  }
  const wrench = find('wrench');
  if (wrench) {
    inputs.set('wrench', {
      ...wrench,
      name: CONTACT_WRENCH,
      unit: ContactWrench.unit,
      rateHz: 100,
      maximumAge: 0.1,
      window: WRENCH_WINDOW_SAMPLES,
    });
  }
  const joints = find('joints')!;
  inputs.set('state', {
    ...EndEffectorState.spec,
    name: EE_STATE,
    frame: baseLink,
    rateHz: joints.rateHz,
    maximumAge: 0.05,
    window: STATE_HISTORY_SAMPLES,
    spacing: STATE_SPACING_S,
  });
  inputs.set('joints', { ...joints, maximumAge: 0.05, window: 1 });
  inputs.set('instruction', { ...find('instruction')!, maximumAge: Number.POSITIVE_INFINITY, window: 1 });

  const { jointNames } = kinematics;
  const actions = new Map<string, readonly ActionSpec[]>([
    [
      TOOL_ACTIONS,
      [
        {
          name: 'arm',
          space: 'ee_delta',
          names: EE_DELTA_NAMES.slice(0, -1),
          unit: ['m', 'm', 'm', 'rad', 'rad', 'rad'],
          frame: baseLink,
          reference: 'observation',
        },
        GRIPPER_WIDTH,
      ],
    ],
    [
      JOINT_ACTIONS,
      [{ name: 'arm', space: 'joint_position', names: jointNames, unit: 'rad', frame: '' }, GRIPPER_WIDTH],
    ],
  ]);
  if (wrench) {
    actions.set(
      COMPLIANCE_ACTIONS,
      COMPLIANCE.map((action) => ({ ...action, frame: baseLink })),
    );
  }
  const fields: readonly Field[] = [
    ...CAMERAS.map((camera): Field => ({ name: `images.${camera}`, dtype: 'u1', shape: image })),
    ...(wrench ? [{ name: 'wrench', dtype: 'f4', shape: [WRENCH_WINDOW_SAMPLES, 6] } as const] : []),
    { name: 'state', dtype: 'f4', shape: EndEffectorState.spec.shape },
    { name: 'history', dtype: 'f4', shape: [STATE_HISTORY_SAMPLES, ...EndEffectorState.spec.shape] },
    { name: 'joints', dtype: 'f4', shape: joints.shape },
    ...[...actions].map(
      ([name, blocks]): Field => ({
        name,
        dtype: 'f4',
        shape: [HORIZON, blocks.reduce((sum, { names }) => sum + names.length, 0)],
      }),
    ),
    { name: 'goal.uv', dtype: 'f4', shape: [2, 3] },
    { name: 'goal.position', dtype: 'f4', shape: [3] },
    { name: 'objects', dtype: 'f4', shape: [4, 9] },
    { name: 'flags', dtype: 'f4', shape: [4] },
    { name: 'task', dtype: 'i4', shape: [] },
    { name: 'goal', dtype: 'i4', shape: [] },
    { name: 'seed', dtype: 'i4', shape: [] },
    { name: 'step', dtype: 'i4', shape: [] },
  ];
  return { ...packed(fields), inputs, actions, kinematics };
}

/**
 * Fields that only an observer of the simulator knows: where the goal and the things are, what is held and felt, and the phase of the expert.
 * `training/data.py` masks the losses that need them in records without them.
 */
export const LABELS: readonly string[] = ['goal.uv', 'goal.position', 'objects', 'flags'];

/** Whether a person drove at the time of a record: 1 or 0. Only imported records have it. */
export const INTERVENTION_FIELD: Field = { name: 'intervention', dtype: 'u1', shape: [] };

/** The format with these fields alone, then more of them. Streams and actions stay, which describe the robot. */
export const withFields = (
  format: RecordFormat,
  keeps: (name: string) => boolean,
  more: readonly Field[] = [],
): RecordFormat => ({ ...format, ...packed([...format.fields.filter(({ name }) => keeps(name)), ...more]) });

/** Fields one after the other without gaps. */
function packed(fields: readonly Field[]): Pick<RecordFormat, 'fields' | 'offsets' | 'bytes'> {
  const offsets = new Map<string, number>();
  let bytes = 0;
  for (const field of fields) {
    offsets.set(field.name, bytes);
    bytes += countBytes(field);
  }
  return { fields, offsets, bytes };
}

/**
 * The actions as which the expert's poses move the arm in a space; undefined for poses themselves. Joints follow the expert at once, and
 * so its arm is where a policy of this space brings it; an arm that follows poses lags in its orientation when it has few joints.
 */
export const drivingActions = (format: RecordFormat, space: DrivingSpace): readonly ActionSpec[] | undefined =>
  space === 'ee_pose'
    ? undefined
    : format.actions
        .get(JOINT_ACTIONS)
        ?.map((action) => (action.space === space ? { ...action, alternative: 'ee_pose' } : action));
