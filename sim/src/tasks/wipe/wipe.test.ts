import { describe, expect, it } from 'vitest';
import type { TaskInstance } from '../task.ts';
import { stateOf } from '../testing/state.ts';
import { Coverage } from './coverage.ts';
import { wipe } from './wipe.ts';

const drawn = (seed: number) => wipe.draw({ seed, wordings: 'train', swap: false });
const seedOf = (manner: string) =>
  Array.from({ length: 50 }, (_, seed) => seed).find((seed) => drawn(seed).goal.key.endsWith(manner))!;
const partOf = ({ parts = [] }: TaskInstance, name: string) => parts.find((part) => part.name === name)!;
const named = ({ named: all, goal }: TaskInstance) =>
  all.find(({ colour }) => goal.key.split(' ')[1] === colour)!.object;
const otherThan = (instance: TaskInstance) => instance.named.find(({ object }) => object !== named(instance))!.object;

/** Passes over a patch along its rows with a force that depends on the share of the way (N), and returns the last verdict. */
function pass(
  instance: TaskInstance,
  patch: string,
  force: (share: number) => number,
  rows: readonly number[] = [-0.015, 0.015],
) {
  const { pose } = partOf(instance, patch);
  const steps = 60;
  let verdict = instance.judge(stateOf(instance));
  for (const [k, dy] of rows.entries()) {
    for (let i = 0; i <= steps && verdict === 'running'; i++) {
      const share = (k * (steps + 1) + i) / (rows.length * (steps + 1));
      const place = [pose[0] - 0.03 + (0.06 * i) / steps, pose[1] + dy, 0.017] as const;
      verdict = instance.judge(
        stateOf(
          instance,
          { wiper: place },
          {
            time: 0.02 * (1 + k * (steps + 1) + i),
            force: (by) => [0, 0, by === patch ? force(share) : 0],
          },
        ),
      );
    }
  }
  return verdict;
}

describe('the scene of wipe', () => {
  it('hides height and stiffness of the patches: they are drawn at one height', () => {
    const heights: number[] = [];
    const stiffness: number[] = [];
    for (let seed = 0; seed < 300; seed++) {
      const instance = drawn(seed);
      for (const { object } of instance.named) {
        const { pose, shapes, motion } = partOf(instance, object);
        heights.push(pose[2]);
        stiffness.push((motion as { spring: { stiffness: number } }).spring.stiffness);
        const seen = shapes.find(({ collides = true }) => !collides)!;
        const { size } = seen.geometry as { size: readonly number[] };
        expect(pose[2] + seen.pose![2] + size[2] / 2).toBeCloseTo(0.017, 9);
      }
    }
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(0.0095);
    expect(Math.max(...heights.map((each) => Math.abs(each - 0.017)))).toBeLessThanOrEqual(0.005);
    expect(Math.max(...stiffness)).toBeGreaterThan(9500);
    expect(Math.min(...stiffness)).toBeLessThan(3500);
  });
});

describe('the judge of wipe', () => {
  it.each([
    ['gently', 4.5],
    ['firmly', 11],
  ])('returns success when the patch was wiped %s with %d N', (manner, force) => {
    const instance = drawn(seedOf(manner));
    expect(pass(instance, named(instance), () => force)).toBe('success');
    expect(instance.followedInstruction()).toBe(true);
  });

  it.each([
    ['gently', 11],
    ['gently', 2],
    ['firmly', 4.5],
    ['firmly', 16],
  ])('is not satisfied when a patch to wipe %s was wiped with %d N', (manner, force) => {
    const instance = drawn(seedOf(manner));
    expect(pass(instance, named(instance), () => force)).toBe('running');
  });

  it('requires 80 % of the contact time in the band', () => {
    const trial = (share: number) => {
      const instance = drawn(seedOf('gently'));
      return pass(instance, named(instance), (at) => (at < share ? 8 : 4.5));
    };
    expect(trial(0.15)).toBe('success');
    expect(trial(0.3)).toBe('running');
  });

  it('requires 95 % of the patch, and returns failure when the other one was wiped', () => {
    const instance = drawn(seedOf('gently'));
    expect(pass(instance, named(instance), () => 4.5, [-0.015])).toBe('running');
    const wrong = drawn(seedOf('gently'));
    expect(pass(wrong, otherThan(wrong), () => 4.5)).toBe('failure');
    expect(wrong.failureCause?.()).toBe('wrong thing');
    expect(wrong.followedInstruction()).toBe(false);
  });

  it('forgets what was wiped when another goal is asked for', () => {
    const instance = drawn(seedOf('gently'));
    pass(instance, named(instance), () => 4.5, [-0.015]);
    instance.pursue?.(instance.goal.key.replace('gently', 'firmly'));
    expect(instance.goal.key).toContain('firmly');
    expect(pass(instance, named(instance), () => 11, [0.015])).toBe('running');
  });
});

describe('the expert of wipe', () => {
  it('presses with the middle of the band, and follows the rows', () => {
    for (const [manner, force] of [
      ['gently', 4.5],
      ['firmly', 11],
    ] as const) {
      const instance = drawn(seedOf(manner));
      const [x, y] = partOf(instance, named(instance)).pose;
      const at = (dx: number, dy: number) =>
        instance.plan(stateOf(instance, {}, { tool: [x + dx, y + dy, 0.052], force: () => [0, 0, force] }));
      const { waypoints, annotation } = at(-0.03, -0.017);
      expect(annotation).toMatchObject({ phase: 'wipe', object: named(instance) });
      expect(waypoints[0].force).toEqual([0, 0, -force]);
      expect(waypoints[0].position[0]).toBeGreaterThan(x);
      expect(at(0.033, -0.017).waypoints[0].position[1]).toBeGreaterThan(y);
      expect(at(0.03, 0.017).waypoints[0].position[0]).toBeLessThan(x);
      expect(at(-0.033, 0.017).annotation.phase).toBe('lift');
    }
  });
});

it('coverage counts a cell once, when its middle is under the pad', () => {
  const coverage = new Coverage([0.4, 0.1]);
  expect(coverage.share).toBe(0);
  coverage.wipe([0.4, 0.105]);
  coverage.wipe([0.4, 0.105]);
  // The pad of 4 cm covers 4 of 10 columns and 4 of 7 rows.
  expect(coverage.share).toBeCloseTo((4 * 4) / 70, 9);
  coverage.wipe([0.9, 0.9]);
  expect(coverage.share).toBeCloseTo((4 * 4) / 70, 9);
});
