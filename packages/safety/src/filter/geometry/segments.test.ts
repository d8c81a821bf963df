import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceToBox, nearestOfSegments, nearestToBox } from './segments.ts';

const number = fc.double({ min: -1, max: 1, noNaN: true });
const segment = fc.array(number, { minLength: 6, maxLength: 6 }).map((each) => Float64Array.from(each));
const at = (s: Float64Array, t: number) => [0, 1, 2].map((a) => s[a] + t * (s[3 + a] - s[a]));
const STEPS = 60;
const shares = Array.from({ length: STEPS + 1 }, (_, k) => k / STEPS);

describe('nearestOfSegments', () => {
  it('is a distance of two points of the segments, and no two points are nearer', () => {
    const out = new Float64Array(6);
    fc.assert(
      fc.property(segment, segment, (p, q) => {
        const distance = nearestOfSegments(p, 0, q, 0, out);
        let least = Number.POSITIVE_INFINITY;
        for (const s of shares) {
          for (const t of shares) {
            const [a, b] = [at(p, s), at(q, t)];
            least = Math.min(least, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
          }
        }
        // Segments that are parallel within a millionth of a radian count as parallel.
        expect(distance).toBeLessThanOrEqual(least + 5e-6);
        expect(Math.hypot(out[0] - out[3], out[1] - out[4], out[2] - out[5])).toBeCloseTo(distance, 12);
      }),
      { numRuns: 40 },
    );
  });

  it('handles points, and parallel and crossing segments', () => {
    const out = new Float64Array(6);
    const of = (p: number[], q: number[]) => nearestOfSegments(Float64Array.from(p), 0, Float64Array.from(q), 0, out);
    expect(of([0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0])).toBe(1);
    expect(of([0, 0, 0, 0, 0, 0], [1, -1, 0, 1, 1, 0])).toBe(1);
    expect(of([0, 0, 0, 1, 0, 0], [0.5, 0.3, 0, 2, 0.3, 0])).toBeCloseTo(0.3, 12);
    expect(of([-1, 0, 0, 1, 0, 0], [0, -1, 0, 0, 1, 0])).toBe(0);
  });
});

describe('nearestToBox', () => {
  const box = Float64Array.of(-0.3, -0.2, -0.1, 0.3, 0.2, 0.4);

  it('is the least signed distance along the segment', () => {
    const [point, normal] = [new Float64Array(3), new Float64Array(3)];
    fc.assert(
      fc.property(segment, (p) => {
        const distance = nearestToBox(p, 0, box, point, normal);
        for (const t of shares) {
          const [x, y, z] = at(p, t);
          expect(distance).toBeLessThanOrEqual(distanceToBox(x, y, z, box, normal) + 1e-6);
        }
      }),
    );
  });

  it('has its normal as gradient', () => {
    const normal = new Float64Array(3);
    fc.assert(
      fc.property(number, number, number, (x, y, z) => {
        const distance = distanceToBox(x, y, z, box, normal);
        const h = 1e-7;
        const further = distanceToBox(x + h * normal[0], y + h * normal[1], z + h * normal[2], box, normal.slice());
        expect((further - distance) / h).toBeCloseTo(1, 4);
      }),
    );
  });
});
