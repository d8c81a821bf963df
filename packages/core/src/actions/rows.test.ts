import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as quaternion from '../math/quaternion.ts';
import { ActionRows, interpolateBlock, rowAt, shortestAngle } from './rows.ts';
import type { ActionBlock, ActionChunk } from './specs.ts';

const number = fc.double({ min: -3, max: 3, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const turn = fc.tuple(number, number, number);
const rotation = (vector: readonly number[]): number[] => {
  const out = [0, 0, 0, 1];
  quaternion.fromRotationVector(vector, out);
  return out;
};
const pose = fc.tuple(number, number, number, turn).map(([x, y, z, vector]) => [x, y, z, ...rotation(vector)]);
const blockOf = (space: ActionBlock['space'], rows: readonly (readonly number[])[]): ActionBlock => ({
  space,
  data: Float64Array.from(rows.flat()),
});
const between = (block: ActionBlock, row: number, horizon: number): Float64Array => {
  const out = new Float64Array(block.data.length / horizon);
  interpolateBlock(block, row, horizon, out);
  return out;
};
/** Angle between two orientations of poses (rad). */
const angleOf = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const between = new Float64Array(4);
  const vector = new Float64Array(3);
  quaternion.conjugate(a, between, 3);
  quaternion.multiply(b, between, between, 3);
  quaternion.toRotationVector(between, vector);
  return Math.hypot(...vector);
};

describe('interpolation between two rows', () => {
  it('is linear for numbers', () => {
    fc.assert(
      fc.property(number, number, share, (a, b, s) => {
        expect(between(blockOf('joint_position', [[a], [b]]), s, 2)[0]).toBeCloseTo(a + s * (b - a), 12);
      }),
    );
  });

  it('turns a pose at constant angular speed the shorter way, whatever the signs of the quaternions', () => {
    fc.assert(
      fc.property(pose, pose, share, fc.boolean(), (a, b, s, flipped) => {
        const other = flipped ? b.map((value, i) => (i >= 3 ? -value : value)) : b;
        const out = between(blockOf('ee_pose', [a, other]), s, 2);
        expect(Math.hypot(...out.subarray(3))).toBeCloseTo(1, 9);
        const whole = angleOf(a, b);
        expect(angleOf(a, out)).toBeCloseTo(s * whole, 5);
        expect(angleOf(out, b)).toBeCloseTo((1 - s) * whole, 5);
        expect(out[1]).toBeCloseTo(a[1] + s * (b[1] - a[1]), 12);
      }),
    );
  });

  it('takes the shorter way round for an angle, no matter how often it has turned', () => {
    fc.assert(
      fc.property(number, number, fc.integer({ min: -3, max: 3 }), share, (a, b, turns, s) => {
        const block = {
          ...blockOf('joint_position', [[a], [b + 2 * Math.PI * turns]]),
          interpolation: ['angle' as const],
        };
        const [out] = between(block, s, 2);
        const way = shortestAngle(b - a);
        expect(Math.abs(way)).toBeLessThanOrEqual(Math.PI + 1e-12);
        // Half a turn has two shorter ways.
        if (Math.abs(Math.abs(way) - Math.PI) > 1e-9) expect(out).toBeCloseTo(a + s * way, 9);
      }),
    );
  });

  it('snaps a gripper: a row holds until the time of the next one', () => {
    const block = { ...blockOf('gripper', [[1], [0], [1]]), interpolation: ['snap' as const] };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2, noNaN: true }), (row) => {
        expect([0, 1]).toContain(between(block, row, 3)[0]);
      }),
    );
    expect([0, 0.99, 1, 1.99, 2].map((row) => between(block, row, 3)[0])).toEqual([1, 1, 0, 0, 1]);
    // A rounded time of a row is its time.
    expect(between(block, rowAt({ stamp: 0.1, period: 0.1, horizon: 3 }, 0.1 + 0.1 + 0.1), 3)[0]).toBe(0);
  });
});

describe('ActionRows', () => {
  const chunkOf = (poses: readonly number[], angle: number, grip: number): ActionChunk => ({
    stamp: 0,
    period: 0.1,
    horizon: 1,
    blocks: {
      left: blockOf('ee_pose', [poses]),
      wheel: { ...blockOf('joint_position', [[angle]]), interpolation: ['angle'] },
      grip: { ...blockOf('gripper', [[grip]]), interpolation: ['snap'] },
    },
    gates: {},
  });

  it('lays the blocks of a row one after another', () => {
    const rows = new ActionRows({
      ...chunkOf([], 0, 0),
      horizon: 2,
      blocks: {
        a: blockOf('ee_twist', [
          [1, 2, 3, 4, 5, 6],
          [11, 12, 13, 14, 15, 16],
        ]),
        b: blockOf('gripper', [[7], [17]]),
      },
    });
    expect(rows.size).toBe(7);
    expect([...rows.flat()]).toEqual([1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17]);
  });

  it('leads from one row to another by their difference, by the rule of each space', () => {
    fc.assert(
      fc.property(pose, pose, number, number, share, (a, b, first, second, s) => {
        const rows = new ActionRows(chunkOf(a, first, 1));
        const from = Float64Array.from([...a, first, 1]);
        const to = Float64Array.from([...b, second, 0]);
        const step = new Float64Array(rows.size);
        rows.difference(from, to, step);
        const part = from.slice();
        rows.addStep(step, s, part);
        expect(angleOf(from, part)).toBeCloseTo(s * angleOf(a, b), 5);
        const end = from.slice();
        rows.addStep(step, 1, end);
        for (let i = 0; i < 3; i++) expect(end[i]).toBeCloseTo(b[i], 9);
        expect(angleOf(end, b)).toBeLessThan(1e-6);
        expect(Math.abs(shortestAngle(end[7] - second))).toBeLessThan(1e-9);
        expect(Math.abs(end[7] - first)).toBeLessThanOrEqual(Math.PI + 1e-9);
        expect(end[8]).toBe(1);
      }),
    );
  });
});
