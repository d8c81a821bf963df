import { vector3 } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centredView, fittingDistance, type Vector } from './camera-fit.ts';

const fovY = Math.PI / 2;

describe('fittingDistance', () => {
  it('brings a point to the edge of the picture', () => {
    const above = { points: [[0, 0, 1]], target: [0, 0, 0], direction: [-1, 0, 0], fovY } as const;
    expect(fittingDistance({ ...above, aspect: 2 })).toBeCloseTo(1, 9);
    const beside = { ...above, points: [[0, 1, 0]] } as const;
    expect(fittingDistance({ ...beside, aspect: 2 })).toBeCloseTo(0.5, 9);
    expect(fittingDistance({ ...beside, aspect: 0.5 })).toBeCloseTo(2, 9);
  });

  it('steps further back for points that are nearer', () => {
    const near = { target: [0, 0, 0], direction: [-2, 0, 0], fovY, aspect: 1 } as const;
    expect(fittingDistance({ ...near, points: [[-0.5, 0, 1]] })).toBeCloseTo(1.5, 9);
    expect(fittingDistance({ ...near, points: [[0.5, 0, 1]] })).toBeCloseTo(0.5, 9);
  });
});

describe('centredView', () => {
  const { cross, dot, unit } = vector3;
  const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
  const points = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 2, maxLength: 12 });
  const direction: Vector = [-0.8, -0.62, 1.15];
  const back = unit(direction);
  const right = unit(cross([0, 0, 1], back));
  const up = cross(back, right);

  it('has every point in its picture, and touches opposite edges in one direction', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0.4, max: 2.5, noNaN: true }), (all, aspect) => {
        const { position } = centredView({ points: all, direction, fovY, aspect });
        const seen = all.map((point) => {
          const from: Vector = [point[0] - position[0], point[1] - position[1], point[2] - position[2]];
          const ahead = -dot(from, back);
          // Distances to the edges of the picture, zero on them.
          const edges = (axis: Vector, tan: number) => [tan * ahead - dot(from, axis), tan * ahead + dot(from, axis)];
          return [...edges(right, aspect), ...edges(up, 1)];
        });
        const nearest = [0, 1, 2, 3].map((edge) => Math.min(...seen.map((distances) => distances[edge])));
        for (const distance of nearest) expect(distance).toBeGreaterThan(-1e-9);
        expect(Math.min(nearest[0] + nearest[1], nearest[2] + nearest[3])).toBeLessThan(1e-9);
      }),
    );
  });
});
