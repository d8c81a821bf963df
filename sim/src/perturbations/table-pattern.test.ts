import { Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { TABLE_SIZE_M } from '../mjcf/scene.ts';
import type { RenderVisual } from '../render/types.ts';
import { drawTablePattern, drawTableShadow } from './table-pattern.ts';

/** Area of the triangles of flat visuals (m2). All have to face up. */
function areaOf(visuals: readonly RenderVisual[]): number {
  let area = 0;
  for (const { geometry } of visuals) {
    if (geometry.type !== 'mesh') throw new Error('expected a mesh');
    const { vertices: v, indices } = geometry;
    for (let i = 0; i < indices.length; i += 3) {
      const [a, b, c] = [3 * indices[i], 3 * indices[i + 1], 3 * indices[i + 2]];
      const twice = (v[b] - v[a]) * (v[c + 1] - v[a + 1]) - (v[c] - v[a]) * (v[b + 1] - v[a + 1]);
      expect(twice).toBeGreaterThan(0);
      area += twice / 2;
    }
  }
  return area;
}

const [LENGTH, WIDTH] = TABLE_SIZE_M;

describe('a pattern on the table', () => {
  it('covers it, in two colours at least', () => {
    for (let seed = 0; seed < 20; seed++) {
      const visuals = drawTablePattern(new Random(seed));
      expect(visuals.length).toBeGreaterThan(1);
      expect(areaOf(visuals)).toBeGreaterThan(LENGTH * WIDTH * 0.999);
    }
  });

  it('a shadow covers a part of it, and is darker', () => {
    for (let seed = 0; seed < 20; seed++) {
      const visuals = drawTableShadow(new Random(seed), [0.4, 0.5, 0.6]);
      expect(areaOf(visuals)).toBeGreaterThan(0.15 * LENGTH * WIDTH);
      expect(areaOf(visuals)).toBeLessThan(0.85 * LENGTH * WIDTH);
      expect(Math.max(...visuals[0].rgba.slice(0, 3))).toBeLessThan(0.3);
    }
  });
});
