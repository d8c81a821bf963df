import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestSingularValue } from './singular-value.ts';
import { NearestPoint } from './solve-qp.ts';

const number = fc.double({ min: -1, max: 1, noNaN: true });
const vector = (n: number) => fc.array(number, { minLength: n, maxLength: n });
const N = 7;

/** Largest violation of box and rows. */
function violation(x: ArrayLike<number>, low: number[], high: number[], rows: number[][], bounds: number[]): number {
  const box = low.map((each, i) => Math.max(each - x[i], x[i] - high[i]));
  const cuts = rows.map((row, k) => bounds[k] - row.reduce((sum, each, i) => sum + each * x[i], 0));
  return Math.max(...box, ...cuts);
}

const problem = fc
  .record({ wanted: vector(N), inside: vector(N), rows: fc.array(vector(N), { minLength: 0, maxLength: 12 }) })
  .chain(({ wanted, inside, rows }) =>
    // Every problem has a solution with some room: `inside` satisfies all inequalities strictly.
    fc.record({
      wanted: fc.constant(wanted.map((each) => 3 * each)),
      inside: fc.constant(inside),
      rows: fc.constant(rows),
      slack: fc.array(fc.double({ min: 1e-4, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }),
      room: fc.array(fc.double({ min: 1e-4, max: 1, noNaN: true }), { minLength: 2 * N, maxLength: 2 * N }),
    }),
  );

describe('NearestPoint', () => {
  it('satisfies every inequality, and no feasible point is nearer', () => {
    const solver = new NearestPoint(N, 12);
    fc.assert(
      fc.property(problem, vector(N), ({ wanted, inside, rows, slack, room }, towards) => {
        const bounds = rows.map((row, k) => row.reduce((sum, each, i) => sum + each * inside[i], 0) - slack[k]);
        const low = inside.map((each, i) => each - room[i]);
        const high = inside.map((each, i) => each + room[N + i]);
        for (const [k, row] of rows.entries()) solver.rows.set(row, k * N);
        solver.bounds.set(bounds);
        const args = [wanted, low, high].map((each) => Float64Array.from(each));
        expect(solver.solve(args[0], args[1], args[2], rows.length)).toBe('solved');
        const x = [...solver.x];
        expect(violation(x, low, high, rows, bounds)).toBeLessThan(1e-8);
        // Projection on a convex set: (wanted - x) . (y - x) <= 0 for every y in it, `inside` and mixtures with it
        // included.
        for (const y of [inside, low, high, towards]) {
          for (const t of [1, 0.5, 0.1]) {
            const point = inside.map((each, i) => each + t * (y[i] - each));
            if (violation(point, low, high, rows, bounds) > 0) continue;
            expect(point.reduce((sum, each, i) => sum + (wanted[i] - x[i]) * (each - x[i]), 0)).toBeLessThan(1e-7);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('returns a feasible point bit-identical', () => {
    const solver = new NearestPoint(2, 1);
    solver.rows.set([1, 1]);
    solver.bounds[0] = -1;
    const wanted = Float64Array.of(0.1, 0.3);
    expect(solver.solve(wanted, Float64Array.of(-1, -1), Float64Array.of(1, 1), 1)).toBe('solved');
    expect([...solver.x]).toEqual([0.1, 0.3]);
  });

  it('reports an infeasible problem', () => {
    const solver = new NearestPoint(2, 2);
    solver.rows.set([1, 0, -1, 0]);
    solver.bounds.set([0.5, -0.4]);
    const box = [Float64Array.of(-1, -1), Float64Array.of(1, 1)] as const;
    expect(solver.solve(new Float64Array(2), ...box, 2)).toBe('infeasible');
    solver.rows.set([1, 1]);
    solver.bounds[0] = 3;
    expect(solver.solve(new Float64Array(2), ...box, 1)).toBe('infeasible');
  });
});

describe('smallestSingularValue', () => {
  it('is the smallest length of a unit vector times the matrix', () => {
    fc.assert(
      fc.property(vector(42), vector(6), (matrix, left) => {
        const value = smallestSingularValue(Float64Array.from(matrix), 6, N);
        const length = Math.hypot(...left);
        fc.pre(length > 0.1);
        const image = Array.from({ length: N }, (_, c) => left.reduce((sum, l, r) => sum + l * matrix[r * N + c], 0));
        expect(value).toBeLessThanOrEqual(Math.hypot(...image) / length + 1e-7);
      }),
    );
    const scaled = new Float64Array(42);
    for (let r = 0; r < 6; r++) scaled[r * N + r] = 2 + r;
    expect(smallestSingularValue(scaled, 6, N)).toBeCloseTo(2, 12);
  });
});
