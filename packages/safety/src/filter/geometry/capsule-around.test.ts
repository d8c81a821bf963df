import { Random } from '@praxis/core';
import { expect, it } from 'vitest';
import { capsuleAround } from './capsule-around.ts';

/** How far a point lies outside of a capsule (m); negative inside. */
function outside(p: readonly number[], { from, to, radius }: ReturnType<typeof capsuleAround>): number {
  const along = from.map((each, i) => to[i] - each);
  const length = along.reduce((sum, each) => sum + each * each, 0);
  const projection = along.reduce((sum, each, i) => sum + each * (p[i] - from[i]), 0);
  const t = length > 0 ? Math.min(Math.max(projection / length, 0), 1) : 0;
  return Math.hypot(...from.map((each, i) => each + t * along[i] - p[i])) - radius;
}

it('contains every point', () => {
  const random = new Random(1, 'points');
  for (let k = 0; k < 300; k++) {
    const size = [0, 0, 0].map(() => random.uniform(0, 0.5));
    const points = Array.from({ length: 3 * (1 + (k % 40)) }, (_, i) => random.uniform(-1, 1) * size[i % 3]);
    const capsule = capsuleAround(points);
    for (let i = 0; i < points.length; i += 3) {
      expect(outside(points.slice(i, i + 3), capsule)).toBeLessThan(1e-9);
    }
  }
});

it('finds the capsule of points on a capsule, however it lies', () => {
  const random = new Random(2, 'points');
  for (let k = 0; k < 30; k++) {
    const axis = [0, 0, 0].map(() => random.normal(0, 1));
    const length = Math.hypot(...axis);
    const points: number[] = [];
    for (let i = 0; i < 2000; i++) {
      const d = [0, 0, 0].map(() => random.normal(0, 1));
      const r = 0.05 / Math.hypot(...d);
      const end = i % 2 === 0 ? 0.2 : -0.2;
      points.push(...d.map((value, j) => value * r + (end * axis[j]) / length));
    }
    const { from, to, radius } = capsuleAround(points);
    expect(radius).toBeGreaterThan(0.045);
    expect(radius).toBeLessThan(0.056);
    expect(Math.hypot(...from.map((value, i) => value - to[i]))).toBeCloseTo(0.4, 1);
  }
});

it('makes a ball of one point', () => {
  expect(capsuleAround([1, 2, 3])).toEqual({ from: [1, 2, 3], to: [1, 2, 3], radius: 0 });
});
