import { quaternion } from '@praxis/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { turnUpright } from './upright.ts';

const DOWN = Float64Array.of(1, 0, 0, 0);

/** A tool that points down, turned about its axis, and leaning about a horizontal axis. */
function leaning(yaw: number, lean: number, about: number): Float64Array {
  const turn = new Float64Array(4);
  const pose = Float64Array.of(0.4, 0.1, 0.2, 0, 0, 0, 1);
  quaternion.fromRotationVector([0, 0, yaw], turn);
  quaternion.multiply(turn, DOWN, pose, 0, 0, 3);
  quaternion.fromRotationVector([lean * Math.cos(about), lean * Math.sin(about), 0], turn);
  quaternion.multiply(turn, pose, pose, 0, 3, 3);
  return pose;
}
const angle = fc.double({ min: -3, max: 3, noNaN: true });

it('a tool that leans by up to 0.35 rad points straight down after it, at the same place, turned about its axis as before', () => {
  fc.assert(
    fc.property(angle, fc.double({ min: 0, max: 0.34, noNaN: true }), angle, (yaw, lean, about) => {
      const pose = leaning(yaw, lean, about);
      expect(turnUpright(pose)).toBe(true);
      const straight = leaning(yaw, 0, 0);
      const same = Math.abs(straight.subarray(3).reduce((sum, each, i) => sum + each * pose[3 + i], 0));
      expect(same).toBeCloseTo(1, 9);
      expect([...pose.subarray(0, 3)]).toEqual([0.4, 0.1, 0.2]);
    }),
  );
});

it.each([0.4, 1.6, Math.PI])('a tool that leans by %f rad stays as it is', (lean) => {
  const pose = leaning(0.2, lean, 1);
  const before = [...pose];
  expect(turnUpright(pose)).toBe(false);
  expect([...pose]).toEqual(before);
});
