import { quaternion, Random } from '@praxis/core';
import { expect, it } from 'vitest';
import { hullsOverlap } from './gjk.ts';

const box = (half: readonly number[], at: readonly number[], q: readonly number[]): Float64Array => {
  const points: number[] = [];
  for (const i of [-1, 1]) {
    for (const j of [-1, 1]) {
      for (const k of [-1, 1]) {
        const point = [i * half[0], j * half[1], k * half[2]];
        quaternion.rotate(q, point, point);
        points.push(...point.map((value, axis) => value + at[axis]));
      }
    }
  }
  return Float64Array.from(points);
};

/** Separating axes of two boxes (Gottschalk 1996): 6 face normals and 9 products of edges. The least gap along any; below 0 they overlap. */
function gapOfBoxes(a: Float64Array, b: Float64Array, qa: readonly number[], qb: readonly number[]): number {
  const axes = (q: readonly number[]) =>
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ].map((axis) => {
      const out = [0, 0, 0];
      quaternion.rotate(q, axis, out);
      return out;
    });
  const cross = (u: readonly number[], v: readonly number[]) => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const [first, second] = [axes(qa), axes(qb)];
  const all = [...first, ...second, ...first.flatMap((u) => second.map((v) => cross(u, v)))];
  const range = (points: Float64Array, axis: readonly number[]) => {
    const along: number[] = [];
    for (let i = 0; i < points.length; i += 3) {
      along.push(points[i] * axis[0] + points[i + 1] * axis[1] + points[i + 2] * axis[2]);
    }
    return [Math.min(...along), Math.max(...along)];
  };
  return Math.max(
    ...all
      .filter((axis) => Math.hypot(...axis) > 1e-6)
      .map((axis) => {
        const unit = axis.map((value) => value / Math.hypot(...axis));
        const [[low, high], [from, to]] = [range(a, unit), range(b, unit)];
        return Math.max(from - high, low - to);
      }),
  );
}

it('agrees with the separating axes of random boxes', () => {
  const random = new Random(1, 'boxes');
  let overlapping = 0;
  for (let k = 0; k < 3000; k++) {
    const draw = () => {
      const q = [0, 0, 0, 0].map(() => random.normal(0, 1));
      quaternion.normalise(q, q);
      const [half, at] = [
        [0.1, 0.1, 0.1].map(() => random.uniform(0.02, 0.5)),
        [0, 0, 0].map(() => random.uniform(-0.6, 0.6)),
      ];
      return { q, points: box(half, at, q) };
    };
    const [a, b] = [draw(), draw()];
    const gap = gapOfBoxes(a.points, b.points, a.q, b.q);
    if (Math.abs(gap) < 1e-6) continue;
    expect(hullsOverlap(a.points, b.points), `${k}: gap ${gap}`).toBe(gap < 0);
    if (gap < 0) overlapping++;
  }
  expect(overlapping).toBeGreaterThan(500);
  expect(overlapping).toBeLessThan(2500);
});
