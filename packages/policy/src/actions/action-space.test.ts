import { checkChunk, DEFAULT_ACTIONS, type PolicySpec, quaternion } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { posesFrom } from './action-space.ts';

const HORIZON = 4;
const STATE = Float64Array.of(0.4, 0, 0.3, 3.1, 0.1, 0, 0.05, 0);
const SPEC: PolicySpec = {
  ...{ name: 'p', inputs: [], actions: DEFAULT_ACTIONS, horizon: HORIZON },
  ...{ actionPeriod: 0.1, inferencePeriod: 0.1 },
};
const blocksOf = (deltas: Float64Array) => ({
  arm: { space: 'ee_delta' as const, data: deltas },
  gripper: { space: 'gripper' as const, data: new Float64Array(HORIZON).fill(0.03) },
});

describe('posesFrom', () => {
  it('counts from the pose of the tool, and leaves the gripper as it is', () => {
    const deltas = new Float64Array(6 * HORIZON);
    deltas.set([0.1, 0, -0.1, 0, 0, 0]);
    const { arm, gripper } = posesFrom(STATE, blocksOf(deltas), HORIZON);
    const tool = [0, 0, 0, 0];
    quaternion.fromRotationVector(STATE, tool, 3);
    for (const [i, value] of [0.5, 0, 0.2, ...tool, 0.4, 0, 0.3, ...tool].entries()) {
      expect(arm.data[i]).toBeCloseTo(value, 12);
    }
    expect([...gripper.data]).toEqual([0.03, 0.03, 0.03, 0.03]);
  });

  it('keeps every number that is not finite, so that the loop refuses the chunk', () => {
    const wrong = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const check = (deltas: Float64Array) => {
      const blocks = posesFrom(STATE, blocksOf(deltas), HORIZON);
      checkChunk(SPEC, { stamp: 1, period: 0.1, horizon: HORIZON, blocks, gates: {} });
    };
    expect(() => check(new Float64Array(6 * HORIZON))).not.toThrow();
    fc.assert(
      fc.property(fc.nat(6 * HORIZON - 1), wrong, (at, value) => {
        const deltas = new Float64Array(6 * HORIZON).fill(0.3);
        deltas[at] = value;
        expect(() => check(deltas)).toThrow(/is (NaN|-?Infinity), expected a finite number/);
      }),
    );
  });
});
