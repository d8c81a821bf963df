import { setupOf } from '@praxis/sim';
import { armUrdf, openRobotSource } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { checkJoints, JointMap, type JointMapOptions } from './joint-map.ts';
import { type JointUnit, parseJoints } from './joint-sources.ts';

const repository = new URL('../../../../../', import.meta.url);
const arm5 = setupOf({ robot: await openRobotSource(new URL('robots/arm5', repository).pathname) });
const praxis = setupOf({ urdf: armUrdf() });

const SO100 = ['main_shoulder_pan', 'main_shoulder_lift', 'main_elbow_flex', 'main_wrist_flex', 'main_wrist_roll'];
const vector = (names: readonly string[]) => ({ dtype: 'float32', shape: [names.length], names: { motors: names } });
const JOINTS = SO100.map((name, i) => `joint${i + 1}=${name}`);

function map(
  joints: string | undefined,
  units: JointUnit = 'deg',
  robot: JointMapOptions['robot'] & { readonly spec: typeof arm5.spec } = arm5,
  names = [...SO100, 'main_gripper'],
): JointMap {
  return new JointMap({
    ...{ name: 'so100', robot, units },
    features: { 'observation.state': vector(names), action: vector(names) },
    joints: robot.spec.streams.find(({ name }) => name === 'joints')!,
    sources: joints === undefined ? new Map() : parseJoints(joints),
  });
}

describe('the joints of a dataset', () => {
  it('in degrees, with another direction and another zero, become radians, and the gripper its width', () => {
    const [pan, lift, ...rest] = JOINTS;
    const both = map([pan, 'joint2=-main_shoulder_lift+90', ...rest, 'gripper=main_gripper@10:60'].join());
    const row = [30, 100, -45, 0, 180, 35];
    const expected = [Math.PI / 6, -Math.PI / 18, -Math.PI / 4, 0, Math.PI, (0.001 + 0.06) / 2];
    expect(lift).toBe('joint2=main_shoulder_lift');
    for (const values of [both.state(row), both.action(row)])
      for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 12);
    expect(both.arm(row)).toHaveLength(5);
  });

  it('with a range lie between the limits of the joint, whatever the unit', () => {
    const ranged = map(
      [...SO100.map((name, i) => `joint${i + 1}=${name}@-100:100`), 'gripper=main_gripper@0:100'].join(),
    );
    const { lower, upper } = arm5.kinematics;
    const [low, high] = [ranged.action([...SO100.map(() => -100), 0]), ranged.action([...SO100.map(() => 100), 100])];
    for (let i = 0; i < 5; i++) expect([low[i], high[i]]).toEqual([lower[i], upper[i]]);
    expect([low[5], high[5]]).toEqual([0.001, 0.06]);
  });

  it('of a parallel gripper are its fingers, which add up to the width', () => {
    const names = [...praxis.kinematics.jointNames, 'claw'];
    const state = map('gripper=claw@0:1', 'rad', praxis, names).state([...praxis.home, 0.5]);
    const stream = praxis.spec.streams.find(({ name }) => name === 'joints')!.names!;
    const [closed, open] = praxis.gripper!.range;
    const sum = ['finger_joint1', 'finger_joint2'].reduce((width, name) => width + state[stream.indexOf(name)], 0);
    expect(sum).toBeCloseTo((closed + open) / 2, 12);
  });

  it('are refused in one line that says what to write', () => {
    const wrong: readonly (readonly [string | undefined, string])[] = [
      [
        undefined,
        `so100: observation.state has no joint1 of robot arm5; its elements are ${SO100.join(', ')}, main_gripper; --joints says which they are, such as --joints joint1=main_shoulder_pan`,
      ],
      [
        'joint9=main_shoulder_pan',
        '--joints joint9: no joint of robot arm5, expected joint1, joint2, joint3, joint4, joint5, gripper',
      ],
      ['joint1=elbow', '--joints joint1=elbow: so100: observation.state has no elbow; its elements are'],
      [
        `${JOINTS.join()},gripper=main_gripper`,
        '--joints gripper=main_gripper: expected its values closed and open, such as gripper=main_gripper@0:100',
      ],
      ['joint1', '--joints joint1: expected JOINT=NAME, JOINT=-NAME, JOINT=NAME+90 or JOINT=NAME@0:100'],
      ['joint1=a,joint1=b', '--joints joint1=b: joint1 is named twice'],
      ['joint1=a@5:5', '--joints joint1=a@5:5: expected two values'],
    ];
    for (const [joints, message] of wrong) expect(() => map(joints), message).toThrow(message);
  });

  it('far beyond their limits betray another unit', () => {
    const { kinematics } = arm5;
    expect(() => checkJoints('frame 3', kinematics, Float64Array.of(...arm5.home))).not.toThrow();
    expect(() => checkJoints('frame 3', kinematics, Float64Array.of(0, 57, 0, 0, 0))).toThrow(
      /^frame 3: joint2 is at 57\.00 rad, expected -?\d\.\d\d to \d\.\d\d: --units and --joints say what/,
    );
  });
});
