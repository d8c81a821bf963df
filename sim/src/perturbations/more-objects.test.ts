import { describe, expect, it } from 'vitest';
import { armUrdf } from '../node.ts';
import { setupOf } from '../robot/setup.ts';
import { taskAreaOf } from '../tasks/area.ts';
import { pick } from '../tasks/pick.ts';
import { press } from '../tasks/press/press.ts';
import { sort } from '../tasks/sort.ts';
import { drawMoreObjects } from './more-objects.ts';
import type { PerturbationLevel } from './perturbation.ts';

const area = taskAreaOf(setupOf({ urdf: armUrdf() }));
const SEEDS = Array.from({ length: 30 }, (_, k) => 1_000_000 + k);

function drawn(task: typeof pick, seed: number, level: PerturbationLevel) {
  const instance = task.draw({ seed, wordings: 'validation', swap: false, area });
  return { instance, more: drawMoreObjects(instance, level, seed, area) };
}

describe('more objects', () => {
  it.each([pick, sort, press])('stand apart from those of a task, and have names of their own ($name)', (task) => {
    for (const seed of SEEDS) {
      const { instance, more } = drawn(task, seed, 1);
      expect(more.length).toBeLessThanOrEqual(2);
      const names = [...instance.objects, ...(instance.parts ?? []), ...more].map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { pose } of more) {
        for (const other of instance.objects) {
          expect(Math.hypot(pose[0] - other.pose[0], pose[1] - other.pose[1])).toBeGreaterThan(0.06);
        }
      }
    }
  });

  it('find a place in most scenes', () => {
    const counts = SEEDS.map((seed) => drawn(pick, seed, 2).more.length);
    expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThan(3.5 * SEEDS.length);
  });

  it('at level 2 one touches the block that is asked for, in front of it or behind it', () => {
    for (const seed of SEEDS) {
      const { instance, more } = drawn(pick, seed, 2);
      const { object } = instance.named.find(({ colour, shape }) => instance.goal.key === `pick ${colour} ${shape}`)!;
      const { pose, geometry } = instance.objects.find(({ name }) => name === object)!;
      const [first] = more;
      expect(first.pose[1]).toBe(pose[1]);
      const reach = geometry.type === 'box' ? geometry.size[0] / 2 : geometry.type === 'cylinder' ? geometry.radius : 0;
      const half = first.geometry.type === 'box' ? first.geometry.size[0] / 2 : 0.023;
      const gap = Math.abs(first.pose[0] - pose[0]) - reach - half;
      expect(gap).toBeGreaterThan(-0.008);
      expect(gap).toBeLessThan(0.012);
    }
  });
});
