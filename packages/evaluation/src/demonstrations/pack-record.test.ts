import { fileURLToPath } from 'node:url';
import type { ActionChunk, Observation, ObservationInput, StreamValue } from '@praxis/core';
import { armBlocks, InputError, type JointState, POSE_SIZE, quaternion } from '@praxis/core';
import { robotSetup, setupOf, sort } from '@praxis/sim';
import { armUrdf, openRobotSource } from '@praxis/sim/node';
import { pick, stateOf } from '@praxis/sim/testing';
import { describe, expect, it } from 'vitest';
import { datasetManifest, goalsOf } from './dataset.ts';
import { packRecord, type RecordInput } from './pack-record.ts';
import { COMPLIANCE_ACTIONS, countElements, JOINT_ACTIONS, recordFormat } from './record-format.ts';

const instance = pick.draw({ seed: 4, wordings: 'train', swap: false });
/** State of the tool in the recording: at 0.45 0.01 0.27 m, pointing down with a small rotation, gripper open. */
const EE_STATE = Float64Array.of(0.45, 0.01, 0.27, 3.0, 0.2, -0.1, 0.08, 0.01);
const HORIZON = 16;

const setup = setupOf({ urdf: armUrdf() });
const format = recordFormat(setup);
const { kinematics } = setup;
/** Joints of the recording, in another order than that of the kinematics. */
const measured: JointState = {
  names: ['finger_joint2', 'finger_joint1', ...[...setup.joints].reverse()],
  position: Float64Array.of(0.04, 0.03, ...[...setup.home].reverse()),
  velocity: new Float64Array(9),
};

const image = (seed: number) => ({
  width: 96,
  height: 96,
  data: Uint8Array.from({ length: 96 * 96 * 3 }, (_, i) => (i * 7 + seed) & 255),
});
const wrench = (k: number) => Float64Array.of(k, -k, 0.5, 0, 0.01, 0.02);

const samples: Record<string, readonly StreamValue[]> = {
  'images.front': [image(1)],
  'images.wrist': [image(2)],
  'wrench.contact': [wrench(1), wrench(2), wrench(3)],
  ee_state: [EE_STATE],
  joints: [measured],
  instruction: [instance.instruction],
};

function observation(changes: Record<string, Partial<ObservationInput>> = {}): Observation {
  const inputs = [...format.inputs.values()].map((spec): [string, ObservationInput] => [
    spec.name,
    {
      spec,
      present: true,
      age: 0,
      stamp: spec.name === 'images.wrist' ? 0.95 : 0.9,
      samples: samples[spec.name],
      ...changes[spec.name],
    },
  ]);
  return { stamp: 1, inputs: new Map(inputs) };
}

const label: ActionChunk = {
  stamp: 1,
  period: 0.05,
  horizon: HORIZON,
  blocks: armBlocks(
    Float64Array.from(
      { length: HORIZON * POSE_SIZE },
      (_, i) => [0.45 + 0.001 * i, 0.02, 0.2, 1, 0, 0, 0].at(i % POSE_SIZE)!,
    ),
    new Float64Array(HORIZON).fill(0.08),
  ),
  gates: { vision: 0, wrench: 0, language: 0, joints: 0 },
};

const state = stateOf(instance);
const { annotation } = instance.plan(state);
const moment: RecordInput = {
  observation: observation(),
  label,
  annotation,
  state,
  instance,
  pixel: (camera, stamp) => ({ x: camera === 'front' ? 0.25 : 0.75, y: stamp / 2, visible: true }),
  task: 0,
  goal: 7,
  seed: 123456,
  step: 42,
};

/** Reads a field as `training/data.py` does: little-endian at its offset. */
function read(record: Uint8Array, name: string): number[] {
  const field = format.fields.find((each) => each.name === name)!;
  const view = new DataView(record.buffer, record.byteOffset + format.offsets.get(name)!);
  return Array.from({ length: countElements(field) }, (_, i) =>
    field.dtype === 'u1'
      ? view.getUint8(i)
      : field.dtype === 'f4'
        ? view.getFloat32(4 * i, true)
        : view.getInt32(4 * i, true),
  );
}
const record = packRecord(format, moment)!;

describe('the layout of a record', () => {
  it('has no gap and no overlap', () => {
    let offset = 0;
    for (const field of format.fields) {
      expect(format.offsets.get(field.name)).toBe(offset);
      offset += countElements(field) * (field.dtype === 'u1' ? 1 : 4);
    }
    expect(format.bytes).toBe(offset);
    expect(record).toHaveLength(format.bytes);
  });

  it('is described by dataset.json, with every goal of every task and its training wordings', () => {
    const dataset = datasetManifest(format, [], [pick, sort]);
    const goals = goalsOf([pick, sort]);
    expect(dataset).toMatchObject({ format: 'praxis-demos/1', recordBytes: format.bytes, tasks: ['pick', 'sort'] });
    expect(dataset.fields.map(({ name, offset }) => [name, offset])).toEqual([...format.offsets]);
    expect(new Set(goals.map(({ key }) => key)).size).toBe(goals.length);
    for (const { task, texts } of goals) {
      expect(['pick', 'sort']).toContain(task);
      expect(texts.length).toBeGreaterThan(5);
    }
  });
});

describe('the format of the records of a robot', () => {
  it('says which blocks the actions have: names, spaces, units', () => {
    const { actions, inputs } = JSON.parse(JSON.stringify(datasetManifest(format, [], [pick])));
    expect(actions['actions.joints']).toEqual([
      { name: 'arm', space: 'joint_position', names: setup.joints, unit: 'rad', frame: '' },
      { name: 'gripper', space: 'gripper', names: ['width'], unit: 'm', frame: '' },
    ]);
    expect(actions.actions[0]).toMatchObject({ space: 'ee_delta', reference: 'observation', frame: 'base_link' });
    const field = (name: string) => inputs.find((each: { field: string }) => each.field === name);
    expect(field('state')).toMatchObject({ stream: 'ee_state', frame: 'base_link' });
    expect(field('instruction')).toMatchObject({ stream: 'instruction', maximumAge: null });
  });

  it('has no wrench where the robot has no sensor, and as many numbers as the robot has joints', async () => {
    const five = robotSetup(await openRobotSource(fileURLToPath(new URL('../../../../robots/arm5', import.meta.url))));
    const { fields, inputs } = recordFormat(five);
    const shapeOf = (name: string) => fields.find((each) => each.name === name)?.shape;
    expect(shapeOf('wrench')).toBeUndefined();
    expect(inputs.has('wrench')).toBe(false);
    expect(shapeOf(COMPLIANCE_ACTIONS)).toBeUndefined();
    expect(shapeOf('joints')).toEqual([6]);
    expect(shapeOf(JOINT_ACTIONS)).toEqual([16, 6]);
  });

  it('is refused for a robot without the two cameras, by the name of the stream', () => {
    const streams = setup.spec.streams.filter(({ name }) => name !== 'images.wrist');
    expect(() => recordFormat({ ...setup, spec: { ...setup.spec, streams } })).toThrow(
      `robot ${setup.name}: stream images.wrist is missing, expected 96 x 96 x 3`,
    );
  });
});

describe('packRecord', () => {
  it('contains the images byte by byte', () => {
    expect(read(record, 'images.front')).toEqual([...image(1).data]);
    expect(read(record, 'images.wrist')).toEqual([...image(2).data]);
  });

  it('repeats the oldest wrench in front until the window is full', () => {
    const forces = read(record, 'wrench').filter((_, i) => i % 6 === 0);
    expect(forces).toEqual([...Array(61).fill(1), 1, 2, 3]);
    const many = Array.from({ length: 72 }, (_, k) => wrench(k));
    const full = packRecord(format, { ...moment, observation: observation({ 'wrench.contact': { samples: many } }) })!;
    expect(read(full, 'wrench').filter((_, i) => i % 6 === 0)).toEqual(many.slice(8).map(([fx]) => fx));
  });

  it('contains the way of the tool up to now, the newest state last and by itself', () => {
    const way = Array.from({ length: 20 }, (_, k) =>
      EE_STATE.map((value, i) => (i === 0 ? value - 0.01 * (19 - k) : value)),
    );
    const moved = packRecord(format, { ...moment, observation: observation({ ee_state: { samples: way } }) })!;
    expect(read(moved, 'history')).toEqual(way.slice(4).flatMap((state) => [...state].map(Math.fround)));
    expect(read(moved, 'state')).toEqual([...EE_STATE].map(Math.fround));
    expect(read(record, 'history')).toEqual(
      Array(16)
        .fill([...EE_STATE].map(Math.fround))
        .flat(),
    );
  });

  it('contains stiffness and force of the tool: those of the chunk, or of a stiff tool that presses on nothing', () => {
    expect(read(record, COMPLIANCE_ACTIONS)).toEqual(Array(HORIZON).fill([5000, 5000, 5000, 0, 0, 0]).flat());
    const stiffness = Float64Array.from({ length: 3 * HORIZON }, (_, i) => 10 * i);
    const force = Float64Array.from({ length: 3 * HORIZON }, (_, i) => -i);
    const blocks = {
      ...label.blocks,
      stiffness: { space: 'stiffness', data: stiffness },
      force: { space: 'wrench', data: force },
    } as const;
    const rows = read(packRecord(format, { ...moment, label: { ...label, blocks } })!, COMPLIANCE_ACTIONS);
    expect(rows.slice(6, 12)).toEqual([30, 40, 50, -3, -4, -5]);
    expect(rows.filter((_, i) => i % 6 < 3)).toEqual([...stiffness]);
  });

  it('contains actions as the change of pose in base axes, R_target = exp(dr) R_tool, and the absolute width', () => {
    const actions = read(record, 'actions');
    const [now, turn, target] = [new Float64Array(4), new Float64Array(4), new Float64Array(4)];
    quaternion.fromRotationVector(EE_STATE, now, 3, 0);
    for (let k = 0; k < HORIZON; k++) {
      const row = actions.slice(7 * k, 7 * k + 7);
      const wanted = label.blocks.arm.data.subarray(7 * k, 7 * k + 7);
      for (let i = 0; i < 3; i++) expect(row[i] + EE_STATE[i]).toBeCloseTo(wanted[i], 6);
      quaternion.fromRotationVector(row, turn, 3, 0);
      quaternion.multiply(turn, now, target);
      const same = Math.abs(target.reduce((sum, q, i) => sum + q * wanted[3 + i], 0));
      expect(same).toBeCloseTo(1, 6);
      expect(row[6]).toBeCloseTo(0.08, 6);
    }
  });

  it('contains the measured joints by their names in the dataset, whatever order they come in', () => {
    const { names } = format.inputs.get('joints')!;
    expect(names).toEqual([...setup.joints, 'finger_joint1', 'finger_joint2']);
    expect(read(record, 'joints')).toEqual([...setup.home, 0.03, 0.04].map(Math.fround));
  });

  it('contains the same actions as positions of the joints, by which the tool gets to the poses', () => {
    const rows = read(record, JOINT_ACTIONS);
    const size = setup.joints.length + 1;
    expect(rows).toHaveLength(HORIZON * size);
    const pose = new Float64Array(7);
    for (let k = 0; k < HORIZON; k++) {
      kinematics.forward(Float64Array.from(rows.slice(size * k, size * k + size - 1)), pose);
      const wanted = label.blocks.arm.data.subarray(7 * k, 7 * k + 7);
      for (let i = 0; i < 3; i++) expect(pose[i]).toBeCloseTo(wanted[i], 4);
      expect(Math.abs(pose.slice(3).reduce((sum, q, i) => sum + q * wanted[3 + i], 0))).toBeCloseTo(1, 5);
      expect(rows[size * k + size - 1]).toBeCloseTo(0.08, 6);
    }
  });

  it('has the goal in both images at their exposure times, and relative to the tool', () => {
    const [fx, fy, seen, wx, wy, wristSeen] = read(record, 'goal.uv');
    expect([fx, seen, wx, wristSeen]).toEqual([0.25, 1, 0.75, 1]);
    expect(fy).toBeCloseTo(0.45, 6);
    expect(wy).toBeCloseTo(0.475, 6);
    read(record, 'goal.position').forEach((v, i) => {
      expect(v).toBeCloseTo(annotation.place[i] - EE_STATE[i], 6);
    });
  });

  it('lists the objects that an instruction can name, and fills up with -1', () => {
    const objects = read(record, 'objects');
    instance.named.forEach(({ colour, shape }, i) => {
      expect(objects.slice(9 * i, 9 * i + 2)).toEqual([
        ['red', 'green', 'blue', 'yellow', 'purple', 'orange'].indexOf(colour),
        ['cube', 'cylinder', 'brick'].indexOf(shape),
      ]);
    });
    const three = { ...instance, named: instance.named.slice(0, 3), plan: instance.plan, judge: instance.judge };
    const fewer = read(packRecord(format, { ...moment, instance: three as unknown as typeof instance })!, 'objects');
    expect(fewer.slice(27)).toEqual([-1, -1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('marks the object in the gripper', () => {
    const object = annotation.object!;
    const held = stateOf(instance, {}, { tool: state.position(object) });
    const packed = packRecord(format, {
      ...moment,
      state: held,
      annotation: { ...annotation, grasped: true, heldMass: 0.1 },
    })!;
    const inside = read(packed, 'objects').filter((_, i) => i % 9 === 8);
    expect(inside).toEqual(instance.named.map((named) => (named.object === object ? 1 : 0)));
    expect(read(packed, 'flags').slice(0, 2)).toEqual([1, Math.fround(0.1)]);
  });

  it('flags contact above 1.5 N', () => {
    const touched = (force: number) => {
      const samples = [Float64Array.of(0, 0, force, 0, 0, 0)];
      return read(
        packRecord(format, { ...moment, observation: observation({ 'wrench.contact': { samples } }) })!,
        'flags',
      )[2];
    };
    expect([touched(1.4), touched(1.6)]).toEqual([0, 1]);
  });

  it('contains task, goal, seed and step', () => {
    expect(['task', 'goal', 'seed', 'step'].flatMap((name) => read(record, name))).toEqual([0, 7, 123456, 42]);
  });

  it('is undefined until every stream has a sample', () => {
    for (const { name } of format.inputs.values()) {
      const silent = observation({ [name]: { present: false, samples: [] } });
      expect(packRecord(format, { ...moment, observation: silent })).toBeUndefined();
    }
  });

  it('rejects numbers that do not fill their field, and names the field', () => {
    const short = { ee_state: { samples: [EE_STATE.subarray(1)] } };
    expect(() => packRecord(format, { ...moment, observation: observation(short) })).toThrow(
      new InputError('record field state: 7 numbers, expected 8'),
    );
  });
});
