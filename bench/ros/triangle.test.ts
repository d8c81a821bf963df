import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ageOf, JOINT_SWING, positionAt } from './triangle.ts';

it('keeps the joint within its reach and speed', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (time) => {
      expect(Math.abs(positionAt(time) - JOINT_SWING.middle)).toBeLessThanOrEqual(JOINT_SWING.reach + 1e-9);
      expect(Math.abs(positionAt(time + 0.001) - positionAt(time))).toBeLessThanOrEqual(
        0.001 * JOINT_SWING.speed + 1e-9,
      );
    }),
  );
});

it('gives the age of a position in both directions, except after a reversal', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 10, max: 1000, noNaN: true }),
      fc.double({ min: 0, max: 0.3, noNaN: true }),
      (time, age) => {
        const found = ageOf(positionAt(time - age), time);
        if (found !== undefined) expect(found).toBeCloseTo(age, 6);
      },
    ),
  );
  const known = Array.from({ length: 1000 }, (_, i) => ageOf(0, i / 100)).filter((age) => age !== undefined);
  expect(known.length).toBeGreaterThan(600);
});
