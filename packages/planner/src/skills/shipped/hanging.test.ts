import { vector3 } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acrossFingers } from './finger-axis.ts';
import { offsetOfWeight } from './hanging.ts';

const coordinate = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const offset = fc.double({ min: -0.03, max: 0.03, noNaN: true });

describe('the weight of what the fingers hold', () => {
  it('is felt across them where it hangs, wherever the tool is, however it is turned, and whatever was felt before', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.double({ min: 0.2, max: 0.7, noNaN: true }), coordinate),
        fc.double({ min: 0, max: Math.PI, noNaN: true }),
        fc.tuple(offset, offset, offset),
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        fc.tuple(coordinate, coordinate, coordinate),
        fc.tuple(coordinate, coordinate, coordinate),
        ([x, y], half, hangs, weight, force, torque) => {
          const reading = { tool: Float64Array.of(x, y, 0.1, Math.cos(half), Math.sin(half), 0, 0) };
          const pull = [0, 0, -weight] as const;
          const turn = vector3.cross(hangs, pull);
          const plus = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + b[i]);
          const loaded = { force: plus(force, pull), torque: plus(torque, turn) } as never;
          const [acrossX, acrossY] = acrossFingers(reading);
          const felt = offsetOfWeight(reading, { force, torque }, loaded);
          expect(felt).toBeCloseTo(hangs[0] * acrossX + hangs[1] * acrossY, 9);
        },
      ),
    );
  });

  it('tells nothing when it is too light, or when the sensor has no torque', () => {
    const reading = { tool: Float64Array.of(0.5, 0, 0.1, 1, 0, 0, 0) };
    const empty = { force: [0, 0, 0], torque: [0, 0, 0] } as const;
    expect(offsetOfWeight(reading, empty, { force: [0, 0, -0.2], torque: [0, 0.01, 0] })).toBeUndefined();
    expect(offsetOfWeight(reading, empty, { force: [0, 0, -4] })).toBeUndefined();
    expect(offsetOfWeight(reading, { force: [0, 0, 0] }, { force: [0, 0, -4], torque: [0, 0, 0] })).toBeUndefined();
  });
});
