import { MessageError } from '@praxis/wire';
import { describe, expect, it } from 'vitest';
import { commandOf } from './command-topic.ts';

const message = (names: readonly string[], positions: readonly number[], points = 1) => ({
  header: { stamp: { sec: 1, nanosec: 0 }, frame_id: '' },
  joint_names: names,
  points: Array.from({ length: points }, () => ({
    positions: Float64Array.from(positions),
    velocities: new Float64Array(0),
    accelerations: new Float64Array(0),
    effort: new Float64Array(0),
    time_from_start: { sec: 0, nanosec: 0 },
  })),
});

describe('commandOf', () => {
  it('binds joints by name, whatever their order', () => {
    const { position, gripperWidth } = commandOf(message(['gripper', 'b', 'a'], [0.04, 2, 1]), ['a', 'b']);
    expect([...position]).toEqual([1, 2]);
    expect(gripperWidth).toBe(0.04);
  });

  it('hands on numbers that are not finite: the supervisor is to see them', () => {
    expect(commandOf(message(['a', 'gripper'], [Number.NaN, 0]), ['a']).position[0]).toBeNaN();
  });

  it.each([
    [message(['a'], [1]), 'gripper comes not at all'],
    [message(['a', 'a', 'gripper'], [1, 2, 3]), 'a comes twice'],
    [message(['a', 'gripper'], [1]), '1 positions for 2 names'],
    [message(['a', 'gripper'], [1, 2], 2), '2 points, expected 1'],
  ])('refuses what is not one target for each joint (%#)', (wrong, why) => {
    expect(() => commandOf(wrong, ['a'])).toThrow(MessageError);
    expect(() => commandOf(wrong, ['a'])).toThrow(why);
  });
});
