import { checkChunk, type PolicySpec } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { BlockActions, type NormalisedAction } from './block-actions.ts';

const HORIZON = 2;
const JOINTS: NormalisedAction = {
  name: 'arm',
  space: 'joint_position',
  names: ['a', 'b'],
  unit: 'rad',
  frame: '',
  mean: [[0.5, -0.5]],
  std: [[2, 1]],
};
const GRIP: NormalisedAction = {
  name: 'grip',
  space: 'gripper',
  names: ['opening'],
  unit: '1',
  frame: '',
  mean: [[0.5], [0.25]],
  std: [[0.5], [0.5]],
};

describe('BlockActions', () => {
  it('splits the rows of the graph into blocks and reverses the normalisation, with one row of figures or one for each', () => {
    const actions = new BlockActions([JOINTS, GRIP], HORIZON);
    const { arm, grip } = actions.decode(Float32Array.of(0, 1, 1, 0.5, -1, 1));
    expect([...arm.data]).toEqual([0.5, 0.5, 1.5, -1.5]);
    expect([...grip.data]).toEqual([1, 0.75]);
    expect([arm.space, grip.space]).toEqual(['joint_position', 'gripper']);
    expect(actions.specs).toEqual(
      [JOINTS, GRIP].map(({ name, space, names, unit, frame }) => ({ name, space, names, unit, frame })),
    );
  });

  it('makes the quaternions of poses unit ones, and keeps numbers that are not finite for the check of the loop', () => {
    const pose: NormalisedAction = {
      name: 'arm',
      space: 'ee_pose',
      names: ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw'],
      unit: ['m', 'm', 'm', '1', '1', '1', '1'],
      frame: '',
      mean: [new Array<number>(7).fill(0)],
      std: [new Array<number>(7).fill(1)],
    };
    const actions = new BlockActions([pose], 1);
    const spec: PolicySpec = {
      name: 'p',
      inputs: [],
      actions: actions.specs,
      horizon: 1,
      actionPeriod: 1,
      inferencePeriod: 1,
    };
    const check = (row: readonly number[]) =>
      checkChunk(spec, { stamp: 0, period: 1, horizon: 1, blocks: actions.decode(Float32Array.from(row)), gates: {} });
    expect(() => check([0.4, 0, 0.3, 0.6, 0, 0, 0.81])).not.toThrow();
    expect(() => check([0.4, Number.NaN, 0.3, 1, 0, 0, 0])).toThrow('block arm: row 0, y is NaN');
    expect(() => check([0.4, 0, 0.3, Number.NaN, 0, 0, 1])).toThrow(/block arm: row 0, q\w is NaN/);
  });
});
