import { quaternion } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { armUrdf, openRobotSource } from '../node.ts';
import { homeExtent } from '../robot/extent.ts';
import { type RobotChoice, setupOf } from '../robot/setup.ts';
import { taskAreaOf } from '../tasks/area.ts';
import { filmCamera } from './overview.ts';

const robots: readonly (readonly [string, () => Promise<RobotChoice>])[] = [
  ['the Praxis arm', async () => ({ urdf: armUrdf() })],
  ['arm5', async () => ({ robot: await openRobotSource('robots/arm5') })],
];

describe('filmCamera', () => {
  it.each(robots)('has %s and its task area in the picture, upright and as large as it may be', async (_, choice) => {
    const setup = setupOf(await choice());
    const area = taskAreaOf(setup);
    const aspect = 4 / 3;
    const camera = filmCamera(setup, area, aspect);
    const axes = new Float64Array(9);
    quaternion.toMatrix(camera.quaternion, axes);
    const axis = (k: number) => [axes[k], axes[3 + k], axes[6 + k]];
    const [right, down, ahead] = [axis(0), axis(1), axis(2)];
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    expect(right[2]).toBeCloseTo(0, 9);
    expect(down[2]).toBeLessThan(0);
    const tan = Math.tan(camera.fovY / 2);
    const corners = area.x.flatMap((x) => area.y.map((y) => [x, y, 0] as const));
    const seen = [...homeExtent(setup), ...corners].map((point) => {
      const from = [0, 1, 2].map((i) => point[i] - camera.position[i]);
      const depth = dot(from, ahead);
      return { depth, share: Math.max(Math.abs(dot(from, right)) / aspect, Math.abs(dot(from, down))) / (depth * tan) };
    });
    for (const { depth, share } of seen) {
      expect(depth).toBeGreaterThan(0);
      expect(share).toBeLessThan(1 + 1e-9);
    }
    expect(Math.max(...seen.map(({ share }) => share))).toBeGreaterThan(0.9);
  });
});
