import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cross, dot, minus, unit, type Vector3 } from './vector3.ts';

const number = fc.double({ min: -10, max: 10, noNaN: true });
const vector: fc.Arbitrary<Vector3> = fc.tuple(number, number, number);

describe('vector3', () => {
  it('has right-handed products at right angles to their factors', () => {
    expect(cross([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        expect(dot(cross(a, b), a)).toBeCloseTo(0, 9);
        expect(minus(a, a)).toEqual([0, 0, 0]);
      }),
    );
  });

  it('has unit vectors of length 1 in the same direction', () => {
    expect(unit([0, 0, 0])).toEqual([0, 0, 1]);
    expect(unit([3, 0, -4])).toEqual([0.6, 0, -0.8]);
  });
});
