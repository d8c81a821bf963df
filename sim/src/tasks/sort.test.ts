import { describe, expect, it } from 'vitest';
import { sort } from './sort.ts';
import type { TaskInstance } from './task.ts';
import { stateOf } from './testing/state.ts';

const drawn = (seed: number) => sort.draw({ seed, wordings: 'train', swap: false });
/** Parses a goal key such as `sort heavy left`. */
const goalOf = ({ goal }: TaskInstance) => {
  const [, weight, side] = goal.key.split(' ');
  return { weight, side, other: side === 'left' ? 'right' : 'left' };
};
const boxes = ({ objects }: TaskInstance) => {
  const [a, b] = objects.filter(({ name }) => name.startsWith('box'));
  return a.mass > b.mass ? { heavy: a, light: b } : { heavy: b, light: a };
};
const onTray = (instance: TaskInstance, side: string): [number, number, number] => {
  const { pose } = instance.objects.find(({ name }) => name === `tray_${side}`)!;
  return [pose[0], pose[1], 0.01 + 0.024];
};

/** Judges a constant state for the given time (s) and returns the verdict. */
function judgeFor(instance: TaskInstance, moved: Record<string, [number, number, number]>, seconds: number) {
  let verdict = instance.judge(stateOf(instance, moved));
  for (let k = 1; k * 0.02 <= seconds + 1e-9 && verdict === 'running'; k++) {
    verdict = instance.judge(stateOf(instance, moved, { time: k * 0.02 }));
  }
  return verdict;
}

describe('the scene of sort', () => {
  it('has two boxes that differ in mass only', () => {
    for (let seed = 0; seed < 500; seed++) {
      const { heavy, light } = boxes(drawn(seed));
      expect([heavy.mass, light.mass]).toEqual([0.4, 0.1]);
      expect(heavy.geometry).toEqual(light.geometry);
      expect(heavy.rgba).toEqual(light.rgba);
      expect(heavy.friction).toBe(light.friction);
    }
  });

  it('places each box on either side equally often, independently of the instruction', () => {
    let left = 0;
    let first = 0;
    const [seeds, sigma] = [2000, Math.sqrt(2000) / 2];
    for (let seed = 0; seed < seeds; seed++) {
      const { heavy } = boxes(drawn(seed));
      if (heavy.pose[1] > 0) left++;
      if (goalOf(drawn(seed)).weight === 'heavy' && heavy.pose[1] > 0) first++;
    }
    expect(Math.abs(left - seeds / 2)).toBeLessThan(4 * sigma);
    expect(Math.abs(first - seeds / 4)).toBeLessThan(4 * sigma);
  });

  it('leaves room between boxes and trays', () => {
    for (let seed = 0; seed < 500; seed++) {
      const { objects } = drawn(seed);
      for (const box of objects.slice(0, 2)) {
        // Half the diagonal of the largest box plus half of a tray.
        for (const tray of objects.slice(2)) {
          expect(Math.abs(box.pose[1] - tray.pose[1])).toBeGreaterThan(0.0354 + 0.08);
        }
      }
      expect(Math.abs(objects[0].pose[1] - objects[1].pose[1])).toBeGreaterThan(0.0708);
    }
  });
});

describe('the judge of sort', () => {
  it('returns success for the named box at rest on the named tray', () => {
    for (let seed = 0; seed < 8; seed++) {
      const instance = drawn(seed);
      const { weight, side } = goalOf(instance);
      const { name } = boxes(instance)[weight as 'heavy'];
      expect(judgeFor(instance, { [name]: onTray(instance, side) }, 0.5)).toBe('success');
      expect(instance.followedInstruction()).toBe(true);
    }
  });

  it('requires the box to rest for 0.4 s', () => {
    const instance = drawn(2);
    const { weight, side } = goalOf(instance);
    const { name } = boxes(instance)[weight as 'heavy'];
    expect(judgeFor(instance, { [name]: onTray(instance, side) }, 0.3)).toBe('running');
  });

  it('returns failure for the named box on the other tray, and for the other box on the named tray', () => {
    for (let seed = 0; seed < 8; seed++) {
      const { weight, side, other } = goalOf(drawn(seed));
      const named = boxes(drawn(seed))[weight as 'heavy'].name;
      const unnamed = boxes(drawn(seed))[weight === 'heavy' ? 'light' : 'heavy'].name;
      for (const [name, tray] of [
        [named, other],
        [unnamed, side],
      ]) {
        const instance = drawn(seed);
        expect(judgeFor(instance, { [name]: onTray(instance, tray) }, 0.5)).toBe('failure');
        expect(instance.followedInstruction()).toBe(false);
      }
    }
  });

  it('accepts the other box on the other tray before the named one is placed', () => {
    const instance = drawn(5);
    const { weight, side, other } = goalOf(instance);
    const { heavy, light } = boxes(instance);
    const [named, unnamed] = weight === 'heavy' ? [heavy, light] : [light, heavy];
    const aside = { [unnamed.name]: onTray(instance, other) };
    expect(judgeFor(instance, aside, 1)).toBe('running');
    expect(judgeFor(instance, { ...aside, [named.name]: onTray(instance, side) }, 0.5)).toBe('success');
  });
});

describe('the expert of sort', () => {
  it('takes the left box first, because the weights are not visible', () => {
    for (let seed = 0; seed < 50; seed++) {
      const instance = drawn(seed);
      const { annotation } = instance.plan(stateOf(instance));
      const left = instance.objects.slice(0, 2).sort((a, b) => b.pose[1] - a.pose[1])[0];
      expect(annotation.object).toBe(left.name);
    }
  });

  it('carries each box to the tray that follows from its weight and the instruction', () => {
    for (let seed = 0; seed < 8; seed++) {
      const instance = drawn(seed);
      const { weight, side, other } = goalOf(instance);
      for (const [which, box] of Object.entries(boxes(instance))) {
        const at = [0.45, 0, 0.16] as const;
        const { annotation, waypoints } = instance.plan(
          stateOf(instance, { [box.name]: at }, { tool: at, width: 0.045, gripping: true }),
        );
        const tray = `tray_${which === weight ? side : other}`;
        expect(annotation).toMatchObject({ object: tray, grasped: true, heldMass: box.mass });
        expect(waypoints[0].position.slice(0, 2)).toEqual(onTray(instance, tray.slice(5)).slice(0, 2));
      }
    }
  });
});
