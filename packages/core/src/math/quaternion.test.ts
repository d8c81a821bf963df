import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quaternion } from './index.ts';

const component = fc.double({ min: -1, max: 1, noNaN: true });
const vector = fc.tuple(component, component, component);
const unit = fc
  .tuple(component, component, component, component)
  .filter((q) => q.some((x) => Math.abs(x) > 0.1))
  .map((q) => {
    const out = [0, 0, 0, 0];
    quaternion.normalise(q, out);
    return out;
  });
const closeTo = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-12) => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i] - b[i]), `[${i}] ${a[i]} vs ${b[i]}`).toBeLessThan(tolerance);
};
const sameRotation = (a: number[], b: number[], tolerance = 1e-12) =>
  closeTo(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] < 0 ? a.map((x) => -x) : a, b, tolerance);

describe('quaternion', () => {
  it('a quarter turn about z rotates x to y', () => {
    const q = [0, 0, 0, 0];
    quaternion.fromRotationVector([0, 0, Math.PI / 2], q);
    const v = [1, 0, 0];
    quaternion.rotate(q, v, v);
    closeTo(v, [0, 1, 0]);
  });
  it('a product rotates by both factors', () => {
    fc.assert(
      fc.property(unit, unit, vector, (a, b, v) => {
        const ab = [0, 0, 0, 0];
        quaternion.multiply(a, b, ab);
        const once = [0, 0, 0];
        quaternion.rotate(ab, v, once);
        const twice = [0, 0, 0];
        quaternion.rotate(b, v, twice);
        quaternion.rotate(a, twice, twice);
        closeTo(once, twice);
      }),
    );
  });
  it('the conjugate and rotateInverse invert a rotation', () => {
    fc.assert(
      fc.property(unit, vector, (q, v) => {
        const back = [0, 0, 0, 0];
        quaternion.conjugate(q, back);
        const turned = [0, 0, 0];
        quaternion.rotate(q, v, turned);
        const undone = [0, 0, 0];
        quaternion.rotate(back, turned, undone);
        closeTo(undone, v);
        quaternion.rotateInverse(q, turned, undone);
        closeTo(undone, v);
      }),
    );
  });
  it('rotation vectors and matrices convert back to themselves', () => {
    fc.assert(
      fc.property(unit, (q) => {
        const v = [0, 0, 0];
        quaternion.toRotationVector(q, v);
        expect(Math.hypot(...v)).toBeLessThanOrEqual(Math.PI + 1e-12);
        const fromVector = [0, 0, 0, 0];
        quaternion.fromRotationVector(v, fromVector);
        sameRotation(fromVector, q);
        const matrix = new Float64Array(9);
        quaternion.toMatrix(q, matrix);
        const fromMatrix = [0, 0, 0, 0];
        quaternion.fromMatrix(matrix, fromMatrix);
        sameRotation(fromMatrix, q);
      }),
    );
  });
  it('the matrix and the quaternion rotate vectors equally', () => {
    fc.assert(
      fc.property(unit, vector, (q, v) => {
        const m = new Float64Array(9);
        quaternion.toMatrix(q, m);
        const turned = [0, 0, 0];
        quaternion.rotate(q, v, turned);
        closeTo(
          [0, 3, 6].map((r) => m[r] * v[0] + m[r + 1] * v[1] + m[r + 2] * v[2]),
          turned,
        );
      }),
    );
  });
  it('slerp follows the shorter rotation at constant speed', () => {
    fc.assert(
      fc.property(unit, unit, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, t) => {
        const angleBetween = (p: number[], q: number[]) => {
          const inverse = [0, 0, 0, 0];
          quaternion.conjugate(p, inverse);
          quaternion.multiply(inverse, q, inverse);
          const v = [0, 0, 0];
          quaternion.toRotationVector(inverse, v);
          return Math.hypot(...v);
        };
        const whole = angleBetween(a, b);
        fc.pre(whole < 3.1);
        const between = [0, 0, 0, 0];
        quaternion.slerp(a, b, t, between);
        expect(Math.abs(angleBetween(a, between) - t * whole)).toBeLessThan(1e-6);
      }),
    );
  });
  it('reads and writes at offsets', () => {
    const pose = new Float64Array([9, 9, 9, 0, 0, 0, 2]);
    quaternion.normalise(pose, pose, 3, 3);
    expect([...pose]).toEqual([9, 9, 9, 0, 0, 0, 1]);
  });
});
