import type { ActionSpec, Observation } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf, rowSize, rowsOf } from './action-rows.ts';
import { NdArray } from './nd-array.ts';
import { WireActionReader } from './wire-actions.ts';
import { parseWireSpec, policySpecOf, wireSpecOf } from './wire-spec.ts';

const LEFT: ActionSpec = {
  name: 'left',
  space: 'joint_position',
  names: ['a', 'b'],
  unit: 'rad',
  frame: '',
  group: 'left/arm',
};
const RIGHT: ActionSpec = {
  ...{ name: 'right', space: 'joint_delta', names: ['c'], unit: 'rad', frame: '' },
  reference: 'observation',
};
const GRIP: ActionSpec = { name: 'grip', space: 'gripper', names: ['opening'], unit: '1', frame: '' };
const ACTIONS = [LEFT, RIGHT, GRIP];
const SPEC = { name: 'two', inputs: [], actions: ACTIONS, horizon: 2, actionPeriod: 0.1, inferencePeriod: 0.2 };
const ROWS = Float64Array.of(1, 2, 3, 0.4, 5, 6, 7, 0.8);
const nothing: Observation = { stamp: 0, inputs: new Map() };

describe('rows of blocks', () => {
  it('have the elements of one action after another, whatever the order of the chunk, and become the same blocks', () => {
    const blocks = blocksOf(ROWS, ACTIONS);
    expect([...blocks.left.data, ...blocks.right.data, ...blocks.grip.data]).toEqual([1, 2, 5, 6, 3, 7, 0.4, 0.8]);
    const reordered = { grip: blocks.grip, right: blocks.right, left: blocks.left };
    expect(rowsOf({ blocks: reordered, horizon: 2 }, ACTIONS)).toEqual(ROWS);
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 4, maxLength: 4 }), (row) => {
        const rows = Float64Array.from(row);
        expect(rowsOf({ blocks: blocksOf(rows, ACTIONS), horizon: 1 }, ACTIONS)).toEqual(rows);
      }),
    );
    expect(rowSize(ACTIONS)).toBe(4);
  });

  it('refuse other blocks, by name', () => {
    const { left, right, grip } = blocksOf(ROWS, ACTIONS);
    const all = { left, right, grip };
    const expected = 'expected left (joint_position), right (joint_delta), grip (gripper), which the wire carries';
    for (const [blocks, given] of [
      [{ left, grip }, 'left (joint_position), grip (gripper)'],
      [{ ...all, base: left }, 'left (joint_position), right (joint_delta), grip (gripper), base (joint_position)'],
      [{ ...all, left: { ...left, space: 'ee_pose' } }, 'left (ee_pose), right (joint_delta), grip (gripper)'],
      [{ ...all, grip: { ...grip, unit: 'm' } }, 'left (joint_position), right (joint_delta), grip (gripper in m)'],
    ] as const) {
      expect(() => rowsOf({ blocks, horizon: 2 }, ACTIONS)).toThrow(`actions ${given}: ${expected}`);
    }
  });
});

describe('blocks over the wire', () => {
  it('are the actions that the policy has, with their groups and references', () => {
    expect(policySpecOf(parseWireSpec(wireSpecOf(SPEC), 'test'), 'address')).toEqual(SPEC);
  });

  it('are read by the names of the columns, scaled, with columns that nothing uses', () => {
    const { actions } = parseWireSpec(wireSpecOf(SPEC), 'test');
    const names = ['right.c', null, 'left.b', 'left.a', 'grip.opening'];
    const reader = new WireActionReader({ ...actions, names, scale: [0.5, 1, 1, 1, 1], offset: [0, 0, 0, 1, 0] });
    const sent = Float64Array.of(6, 9, 2, 0, 0.4, 14, 9, 6, 4, 0.8);
    expect(reader.read(new NdArray([2, 5], sent), nothing)).toEqual(blocksOf(ROWS, ACTIONS));
  });

  it.each<[string, (actions: Record<string, unknown>) => Record<string, unknown>, string]>([
    [
      'without blocks',
      ({ blocks: _, ...each }) => each,
      'actions.blocks is missing, expected it with space blocks alone',
    ],
    ['with blocks in another space', (each) => ({ ...each, space: 'ee_pose' }), 'actions.blocks is given'],
    [
      'with a name twice',
      (each) => ({ ...each, blocks: [...(each.blocks as []), GRIP] }),
      'actions.blocks has grip twice, expected each name once',
    ],
    [
      'without a column',
      (each) => ({ ...each, names: ['left.a', 'left.b', 'right.c'] }),
      'actions.names lacks grip.opening',
    ],
  ])('%s are refused in one line', (_, change, expected) => {
    const spec = JSON.parse(JSON.stringify(wireSpecOf(SPEC)));
    expect(() => parseWireSpec({ ...spec, actions: change(spec.actions) }, 'file.yaml')).toThrow(
      `file.yaml: ${expected}`,
    );
  });
});
