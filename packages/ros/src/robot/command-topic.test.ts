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
  it('binds joints by name, in any order', () => {
    const { position, gripperWidth } = commandOf(message(['gripper', 'b', 'a'], [0.04, 2, 1]), ['a', 'b']);
    expect([...position]).toEqual([1, 2]);
    expect(gripperWidth).toBe(0.04);
  });

  it('passes on numbers that are not finite, so that the supervisor rejects them', () => {
    expect(commandOf(message(['a', 'gripper'], [Number.NaN, 0]), ['a']).position[0]).toBeNaN();
  });

  it.each([
    [message(['a'], [1]), 'no gripper among a'],
    [message(['a', 'a', 'gripper'], [1, 2, 3]), 'a occurs twice among a, a, gripper'],
    [message(['a', 'gripper'], [1]), '1 positions for 2 names'],
    [message(['a', 'gripper'], [1, 2], 2), '2 points, expected 1'],
  ])('refuses a message without exactly one target for each joint (%#)', (wrong, reason) => {
    expect(() => commandOf(wrong, ['a'])).toThrow(MessageError);
    expect(() => commandOf(wrong, ['a'])).toThrow(reason);
  });
});
