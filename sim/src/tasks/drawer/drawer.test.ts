import { describe, expect, it } from 'vitest';
import type { Mechanisms } from '../mechanism.ts';
import { PlacedJoints } from '../testing/joints.ts';
import { stateOf } from '../testing/state.ts';
import { drawer } from './drawer.ts';
import { LatchedDrawer } from './latch.ts';

const PUSHED_M = -0.0035;

/** A scene with its hidden latches: the named drawer, and the other. */
function drawn(seed: number) {
  const instance = drawer.draw({ seed, wordings: 'train', swap: false });
  const { all } = instance.mechanism as Mechanisms<LatchedDrawer>;
  const { object } = instance.named.find(({ colour }) => instance.goal.key === `open ${colour} drawer`)!;
  const named = all.find(({ name }) => name === object)!;
  const other = all.find(({ name }) => name !== object)!;
  const joints = new PlacedJoints();
  const move = (name: string, position: number, force: readonly [number, number, number] = [0, 0, 0]) => {
    joints.move(instance.mechanism!, name, [position]);
    return instance.judge(stateOf(instance, {}, { force: () => force }));
  };
  return { instance, named, other, move };
}

/** A seed whose named drawer is latched, or free. */
const seedOf = (latched: boolean) => {
  let seed = 0;
  while (drawn(seed).named.latched !== latched) seed++;
  return seed;
};

describe('a push latch', () => {
  const setUp = (latched: boolean) => {
    const one = new LatchedDrawer('one', 0.15, latched);
    const joints = new PlacedJoints();
    return { one, joints };
  };

  it('turns once with each push, whatever its state was', () => {
    for (const latched of [false, true]) {
      const { one, joints } = setUp(latched);
      joints.move(one, 'one', [0, PUSHED_M, -0.005, PUSHED_M]);
      expect(one.latched).toBe(!latched);
      joints.move(one, 'one', [-0.002, PUSHED_M]);
      expect(one.latched).toBe(!latched);
      joints.move(one, 'one', [0, PUSHED_M]);
      expect(one.latched).toBe(latched);
    }
  });

  it('holds a latched drawer, and neither pulls nor pushes a closed one', () => {
    for (const latched of [false, true]) {
      const { one, joints } = setUp(latched);
      joints.move(one, 'one', [0]);
      expect(joints.forces.get('one')).toBeCloseTo(0, 12);
      joints.move(one, 'one', [0.002]);
      expect(joints.forces.get('one')).toBeCloseTo(latched ? -8.4 : 0, 9);
    }
  });
});

describe('the scene of drawer', () => {
  it('latches half of the drawers, of which nothing shows', () => {
    const [count, sigma] = [1000, Math.sqrt(1000) / 2];
    let latched = 0;
    for (let seed = 0; seed < count; seed++) if (drawn(seed).named.latched) latched++;
    expect(Math.abs(latched - count / 2)).toBeLessThan(4 * sigma);
    const ranges = [true, false].map((each) => {
      const { motion } = drawn(seedOf(each)).instance.parts!.find(({ name }) => name === 'drawer0')!;
      return typeof motion === 'object' ? motion.range : undefined;
    });
    expect(ranges[0]).toEqual(ranges[1]);
  });
});

describe('the judge of drawer', () => {
  it('returns success once the named drawer is 12 cm out', () => {
    const { instance, named, move } = drawn(1);
    expect(move(named.name, 0.119)).toBe('running');
    expect(move(named.name, 0.121)).toBe('success');
    expect(instance.followedInstruction()).toBe(true);
  });

  it('returns failure for a force over 20 N, and for the other drawer', () => {
    const forced = drawn(1);
    expect(forced.move(forced.named.name, 0, [-19, 0, 5])).toBe('running');
    expect(forced.move(forced.named.name, 0, [-19, 0, 8])).toBe('failure');
    expect(forced.instance.failureCause?.()).toBe('too much force');
    const wrong = drawn(1);
    expect(wrong.move(wrong.other.name, 0.04)).toBe('failure');
    expect(wrong.instance.failureCause?.()).toBe('wrong thing');
    expect(wrong.instance.followedInstruction()).toBe(false);
  });
});

describe('the expert of drawer', () => {
  /** The expert's phase with the knob of the named drawer in the gripper. */
  const phaseOf = ({ instance, named }: ReturnType<typeof drawn>) => {
    const { pose } = instance.parts!.find(({ name }) => name === named.name)!;
    const tool = [pose[0], pose[1], pose[2]] as const;
    return instance.plan(stateOf(instance, {}, { tool, width: 0.022, gripping: true })).annotation.phase;
  };

  it('pulls first, because the latch does not show, and pushes only once it has felt it', () => {
    const latched = drawn(seedOf(true));
    expect(phaseOf(latched)).toBe('pull');
    latched.move(latched.named.name, 0.001, [-5, 0, 0]);
    expect(phaseOf(latched)).toBe('pull');
    latched.move(latched.named.name, 0.0015, [-7, 0, 0]);
    expect(phaseOf(latched)).toBe('push');
    latched.move(latched.named.name, PUSHED_M, [10, 0, 0]);
    latched.move(latched.named.name, PUSHED_M, [10, 0, 0]);
    expect(phaseOf(latched)).toBe('pull');
    const free = drawn(seedOf(false));
    free.move(free.named.name, 0.001, [-7, 0, 0]);
    expect(phaseOf(free)).toBe('pull');
  });
});
