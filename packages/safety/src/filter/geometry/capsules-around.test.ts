import { Random } from '@praxis/core';
import { expect, it } from 'vitest';
import type { Capsule } from '../../config/filter-config.ts';
import { capsuleAround, capsuleVolume } from './capsule-around.ts';
import { capsulesAround } from './capsules-around.ts';

/** Corners of a box of these half sides about a centre. */
const box = (centre: readonly number[], half: readonly number[]): number[] =>
  [-1, 1].flatMap((x) =>
    [-1, 1].flatMap((y) => [-1, 1].flatMap((z) => [x, y, z].map((side, i) => centre[i] + side * half[i]))),
  );

/** How far a point lies outside of a capsule (m); negative inside. */
function outside(p: readonly number[], { from, to, radius }: Capsule): number {
  const along = from.map((each, i) => to[i] - each);
  const length = along.reduce((sum, each) => sum + each * each, 0);
  const projection = along.reduce((sum, each, i) => sum + each * (p[i] - from[i]), 0);
  const t = length > 0 ? Math.min(Math.max(projection / length, 0), 1) : 0;
  return Math.hypot(...from.map((each, i) => each + t * along[i] - p[i])) - radius;
}

it('contains each body whole, by one capsule', () => {
  const random = new Random(1, 'bodies');
  for (let k = 0; k < 40; k++) {
    const bodies = Array.from({ length: 1 + (k % 12) }, () =>
      Array.from({ length: 24 }, (_, i) => random.uniform(-0.05, 0.05) + (i % 3 === 0 ? random.uniform(-0.2, 0.2) : 0)),
    );
    const capsules = capsulesAround(bodies);
    expect(capsules.length).toBeLessThanOrEqual(6);
    for (const body of bodies) {
      const reached = capsules.map((capsule) =>
        Math.max(...Array.from({ length: body.length / 3 }, (_, i) => outside(body.slice(3 * i, 3 * i + 3), capsule))),
      );
      expect(Math.min(...reached)).toBeLessThan(1e-9);
    }
  }
});

it('takes one capsule for a rod of several pieces, and two for an L, which one capsule would fill', () => {
  const rod = [0, 1, 2, 3].map((k) => box([0.05 * k, 0, 0], [0.025, 0.02, 0.02]));
  expect(capsulesAround(rod)).toEqual([capsuleAround(rod.flat())]);
  const bent = [...rod, ...[1, 2, 3].map((k) => box([0, 0.05 * k, 0], [0.02, 0.025, 0.02]))];
  const capsules = capsulesAround(bent);
  expect(capsules).toHaveLength(2);
  const volume = capsules.reduce((sum, capsule) => sum + capsuleVolume(capsule), 0);
  expect(volume).toBeLessThan(0.5 * capsuleVolume(capsuleAround(bent.flat())));
});
