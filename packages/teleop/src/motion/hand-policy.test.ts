import { type Observation, type ObservationInput, quaternion } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { HandPolicy } from './hand-policy.ts';
import { MotionPolicy } from './motion-policy.ts';

const workspace = { minimum: [0.1, -0.4, 0.02], maximum: [0.7, 0.4, 0.6] } as const;
const home = Float64Array.of(0.3, 0, 0.3, 0, 0, 0, 1);

const open = () => {
  const motion = () => new MotionPolicy({ workspace, home, baseFrame: 'left_base' });
  const arms = {
    left: { motion: motion(), gripper: 'present' },
    right: { motion: motion(), gripper: 'absent' },
  } as const;
  return new HandPolicy({ arms, bases: ['base'] });
};

/** What the arms measure: the tools at two places, the width of the left gripper. */
function observation(stamp: number, tools: { readonly left: number; readonly right: number }): Observation {
  const input = (x: number): ObservationInput => {
    const state = new Float64Array(8);
    state.set([x, 0, 0.3]);
    quaternion.toRotationVector([0, 0, 0, 1], state, 0, 3);
    state[6] = 0.05;
    return { spec: {} as never, present: true, age: 0, stamp, samples: [state] };
  };
  return { stamp, inputs: new Map(Object.entries(tools).map(([name, x]) => [`ee_state.${name}`, input(x)])) };
}

describe('HandPolicy', () => {
  it('reads the tool of each arm, and gives one block for each arm, gripper and base', () => {
    const { inputs, actions } = open().spec;
    expect(inputs.map(({ name, frame }) => [name, frame])).toEqual([
      ['ee_state.left', 'left_base'],
      ['ee_state.right', 'left_base'],
    ]);
    expect(actions!.map(({ name, group, space }) => [name, group, space])).toEqual([
      ['left.arm', 'left', 'ee_pose'],
      ['left.gripper', 'left', 'gripper'],
      ['right.arm', 'right', 'ee_pose'],
      ['base', 'base', 'base_twist'],
    ]);
  });

  it('moves the arm that has a goal, while the other one stays where it is', async () => {
    const policy = open();
    await policy.infer(observation(0, { left: 0.3, right: 0.4 }));
    policy.arm('left').start(1, {
      ...{ kind: 'translate', frame: 'base', axis: 'x', metres: 0.05, speed: 0.1, timeout: 3, until: 'done' },
    });
    let blocks = (await policy.infer(observation(0.1, { left: 0.3, right: 0.4 }))).blocks;
    blocks = (await policy.infer(observation(0.2, { left: 0.3, right: 0.4 }))).blocks;
    const last = (name: string) => blocks[name].data.at(-7);
    expect(last('left.arm')).toBeGreaterThan(0.32);
    expect(last('right.arm')).toBeCloseTo(0.4, 12);
    expect(blocks['left.gripper'].data[0]).toBeCloseTo(0.05, 12);
    expect(Object.keys(blocks)).toEqual(['left.arm', 'left.gripper', 'right.arm', 'base']);
  });

  it('keeps the velocity of a base until it is told to hold', async () => {
    const policy = open();
    policy.setTwist('base', 0.4, -0.5);
    const twist = async (stamp: number) =>
      [...(await policy.infer(observation(stamp, { left: 0.3, right: 0.4 }))).blocks.base.data].slice(-2);
    expect(await twist(0)).toEqual([0.4, -0.5]);
    policy.hold();
    expect(await twist(0.1)).toEqual([0, 0]);
  });

  it('refuses other groups and velocities that are not finite, by name', () => {
    const policy = open();
    expect(() => policy.arm('base')).toThrow('motion by hand: no arm base, only left, right');
    expect(() => policy.setTwist('left', 0, 0)).toThrow('motion by hand: no base left, only base');
    expect(() => policy.setTwist('base', Number.NaN, 0)).toThrow('base at NaN m/s');
    expect(() => new HandPolicy({ arms: {}, bases: [] })).toThrow('no arm and no base');
  });
});
