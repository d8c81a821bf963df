import { describe, expect, it } from 'vitest';
import { fittingDistance } from './camera-fit.ts';

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
