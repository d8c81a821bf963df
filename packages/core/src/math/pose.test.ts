import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composePose, poseDistance, poseError, relativePose } from './pose.ts';
import { normalise } from './quaternion.ts';

const component = fc.double({ min: -1, max: 1, noNaN: true });
const pose = fc
  .tuple(component, component, component, component, component, component, component)
  .filter(([, , , x, y, z, w]) => x * x + y * y + z * z + w * w > 1e-3)
  .map((numbers) => {
    const out = Float64Array.from(numbers);
    normalise(out, out, 3, 3);
    return out;
  });

describe('poses', () => {
  it('composePose inverts relativePose', () => {
    fc.assert(
      fc.property(pose, pose, (a, b) => {
        const between = new Float64Array(7);
        relativePose(a, b, between);
        const again = new Float64Array(7);
        composePose(a, between, again);
        const { metres, radians } = poseDistance(again, b);
        expect(metres).toBeLessThan(1e-12);
        expect(radians).toBeLessThan(1e-7);
        // In place, as in a chain of links.
        const chained = a.slice();
        composePose(chained, between, chained);
        expect(chained).toEqual(again);
      }),
    );
  });

  it('have the length of the twist between them as distance', () => {
    const half = Math.SQRT1_2;
    const from = Float64Array.of(0, 0, 0, 0, 0, 0, 1);
    const to = Float64Array.of(0.3, 0, 0.4, 0, 0, half, half);
    const twist = new Float64Array(6);
    poseError(to, from, twist);
    [0.3, 0, 0.4, 0, 0, Math.PI / 2].forEach((value, i) => void expect(twist[i]).toBeCloseTo(value, 12));
    expect(poseDistance(from, to)).toEqual({ metres: 0.5, radians: expect.closeTo(Math.PI / 2, 12) });
  });
});
