import { describe, expect, it } from 'vitest';
import type { Mechanisms } from '../mechanism.ts';
import { PlacedJoints } from '../testing/joints.ts';
import { stateOf } from '../testing/state.ts';
import { buttonForce } from './button-spring.ts';
import { press } from './press.ts';
import type { PushButton } from './push-button.ts';

/** A scene with its hidden buttons: the named one, and another. */
function drawn(seed: number) {
  const instance = press.draw({ seed, wordings: 'train', swap: false });
  const buttons = (instance.mechanism as Mechanisms<PushButton>).all;
  const { object } = instance.named.find(({ colour }) => instance.goal.key === `press ${colour} button`)!;
  const named = buttons.find(({ name }) => name === object)!;
  const other = buttons.find(({ name }) => name !== object)!;
  const joints = new PlacedJoints();
  const move = (name: string, ...positions: number[]) => {
    joints.move(instance.mechanism!, name, positions);
    return instance.judge(stateOf(instance));
  };
  return { instance, named, other, joints, move };
}

/** Position at which a button resists with so much more than at its detent (m). */
function positionOf({ spring }: ReturnType<typeof drawn>['named'], excess: number): number {
  let position = spring.travel + 0.0005;
  while (buttonForce(spring, position) < spring.peakForce + excess) position += 1e-5;
  return position;
}

describe('the scene of press', () => {
  it('hides travel and force of the detent, which vary from seed to seed', () => {
    const springs = Array.from({ length: 200 }, (_, seed) => drawn(seed).named.spring);
    const travels = springs.map(({ travel }) => travel);
    const forces = springs.map(({ peakForce }) => peakForce);
    expect(Math.max(...travels) - Math.min(...travels)).toBeGreaterThan(0.004);
    expect(Math.max(...forces) - Math.min(...forces)).toBeGreaterThan(7);
  });

  it('shows nothing of the springs: parts that look the same have any spring', () => {
    const { parts = [] } = drawn(4).instance;
    for (const { motion } of parts)
      if (typeof motion === 'object') expect(motion).toEqual(parts.find(({ name }) => name === 'button0')!.motion);
  });
});

describe('the judge of press', () => {
  it('returns success once the named button has clicked and is released', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { instance, named, move } = drawn(seed);
      expect(move(named.name, 0.001, named.spring.travel + 0.0004)).toBe('running');
      expect(move(named.name, 0.001, 0)).toBe('success');
      expect(instance.followedInstruction()).toBe(true);
      expect(instance.failureCause?.()).toBeUndefined();
    }
  });

  it('allows 2 N beyond the detent, and no more', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { named, move } = drawn(seed);
      expect(move(named.name, positionOf(named, 1.9))).toBe('running');
      expect(move(named.name, 0)).toBe('success');
      const hard = drawn(seed);
      expect(hard.move(named.name, positionOf(named, 2.1), 0)).toBe('failure');
      expect(hard.instance.failureCause?.()).toBe('too much force');
    }
  });

  it('returns failure when the named button is released before it clicks', () => {
    const { instance, named, move } = drawn(1);
    expect(move(named.name, 0.9 * named.spring.travel)).toBe('running');
    expect(move(named.name, 0)).toBe('failure');
    expect(instance.failureCause?.()).toBe('too little force');
    expect(instance.followedInstruction()).toBeUndefined();
  });

  it('returns failure when another button clicks', () => {
    const { instance, other, move } = drawn(2);
    expect(move(other.name, other.spring.travel + 0.0004)).toBe('failure');
    expect(instance.failureCause?.()).toBe('wrong thing');
    expect(instance.followedInstruction()).toBe(false);
  });

  it('judges another button after an operator asked for it, and forgets what was pressed', () => {
    const { instance, named, other, move } = drawn(3);
    expect(move(named.name, named.spring.travel + 0.0004)).toBe('running');
    const { colour } = instance.named.find(({ object }) => object === other.name)!;
    instance.pursue!(`press ${colour} button`);
    expect(move(named.name, 0)).toBe('running');
    expect(move(other.name, other.spring.travel + 0.0004, 0)).toBe('success');
  });
});
