import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as quaternion from '../math/quaternion.ts';
import { toAbsolute } from './absolute.ts';
import { ACTION_SPACES } from './spaces.ts';
import type { ActionSpec } from './specs.ts';

const { names, unit } = ACTION_SPACES.ee_delta;
const DELTA: ActionSpec = { name: 'arm', space: 'ee_delta', names: names!, unit: unit!, frame: '' };
const JOINTS: ActionSpec = { name: 'arm', space: 'joint_delta', names: ['a', 'b'], unit: 'rad', frame: '' };
const number = fc.double({ min: -1, max: 1, noNaN: true });
const START = [0.4, 0.1, 0.3, 0.5, 0.5, 0.5, 0.5];

describe('toAbsolute', () => {
  it('returns an absolute action as it is', () => {
    const block = { space: 'gripper', data: Float64Array.of(0.02) } as const;
    const spec: ActionSpec = { name: 'grip', space: 'gripper', names: ['width'], unit: 'm', frame: '' };
    expect(toAbsolute(spec, block, 1, [0.05])).toBe(block);
    const relative = toAbsolute({ ...spec, reference: 'observation' }, block, 1, [0.05]);
    expect(relative.data[0]).toBeCloseTo(0.07, 12);
  });

  it('adds joints to the observation, or row after row', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 6 }), number, number, (rows, a, b) => {
        const block = { space: 'joint_delta', data: Float64Array.from(rows.flat()) } as const;
        const single = toAbsolute(JOINTS, block, rows.length, [a, b]);
        const chained = toAbsolute({ ...JOINTS, reference: 'previous' }, block, rows.length, [a, b]);
        expect(single.space).toBe('joint_position');
        let sum = b;
        for (const [k, [, step]] of rows.entries()) {
          sum += step;
          expect(single.data[2 * k + 1]).toBeCloseTo(b + step, 12);
          expect(chained.data[2 * k + 1]).toBeCloseTo(sum, 12);
        }
      }),
    );
  });

  it('displaces a pose along the axes of the base frame and turns it by exp(dr)', () => {
    const data = Float64Array.of(0.1, 0, 0, 0, 0, Math.PI / 2, 0.1, 0, 0, 0, 0, Math.PI / 2);
    const { data: out, space } = toAbsolute({ ...DELTA, reference: 'previous' }, { space: 'ee_delta', data }, 2, START);
    expect(space).toBe('ee_pose');
    const quarter = [0, 0, Math.SQRT1_2, Math.SQRT1_2];
    const once = [0, 0, 0, 0];
    quaternion.multiply(quarter, START, once, 0, 3);
    const twice = [0, 0, 0, 0];
    quaternion.multiply(quarter, once, twice);
    for (const [i, value] of [0.5, 0.1, 0.3, ...once, 0.6, 0.1, 0.3, ...twice].entries()) {
      expect(out[i]).toBeCloseTo(value, 12);
    }
    const fromObservation = toAbsolute(DELTA, { space: 'ee_delta', data }, 2, START).data;
    expect([...fromObservation.subarray(7)]).toEqual([...fromObservation.subarray(0, 7)]);
  });
});
