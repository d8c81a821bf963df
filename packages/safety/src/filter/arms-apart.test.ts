import { Random } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Adversary } from '../testing/adversary.ts';
import { PERIOD } from '../testing/arm.ts';
import { MARGIN_M, type Side, TwoArms } from '../testing/two-arms.ts';
import { ViolationCounter } from '../testing/violations.ts';

/** Rounding of a distance (m). */
const TOLERANCE_M = 1e-7;
const HOME = [0, -0.3, 0.6, 0, 1.2708, 0];
/** Postures that reach towards the middle between the bases (rad). */
const LEFT = [-0.9, 0.2, 0.2, 0, 1, 0];
const RIGHT = [0.9, -0.3, 0.6, 0, 1, 0];

/** A random posture that reaches across the middle (rad). */
const meetingPosture = (side: Side, random: Random): readonly number[] => {
  const waist = random.uniform(0.9, 1.5);
  return [side === 'left' ? -waist : waist, random.uniform(-0.3, 0.8), random.uniform(-0.4, 0.6), 0, 1, 0];
};

/** Moves an output towards a goal at up to `speed` (rad/s). */
const towards = (output: Float64Array, goal: readonly number[], speed: number) =>
  output.map((q, i) => q + Math.sign(goal[i] - q) * Math.min(Math.abs(goal[i] - q), speed * PERIOD));

/** Lets both arms reach across the middle of the table for 2 s. @returns the least distance (m) */
function cross(arms: TwoArms): number {
  arms.reset(HOME, HOME);
  let least = arms.distance();
  for (let k = 0; k < 1000; k++) {
    const left = towards(arms.left.position, [-1.5, 0.6, -0.2, 0, 0.8, 0], 1.2);
    const right = towards(arms.right.position, [1.5, 0.6, -0.2, 0, 0.8, 0], 0.9);
    arms.step({ left, right });
    if (k % 4 === 0) least = Math.min(least, arms.distance());
  }
  return least;
}

describe('the filters of two arms that know each other', () => {
  it('keep the distance of the arms and every limit of the joints for any commands to both', () => {
    let nearest = Number.POSITIVE_INFINITY;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const arms = new TwoArms('apart');
        arms.reset(LEFT, RIGHT);
        const random = new Random(seed);
        const adversaries = (['left', 'right'] as const).map((side, k) => ({
          side,
          meeting: HOME as readonly number[],
          adversary: new Adversary(arms[side].limits, PERIOD, seed + k),
          counter: new ViolationCounter(arms[side].limits, PERIOD),
        }));
        for (const { side, counter } of adversaries) counter.reset(arms[side].position);
        let least = arms.distance();
        expect(least).toBeGreaterThan(MARGIN_M);
        for (let k = 0; k < 400; k++) {
          if (k % 100 === 0) for (const each of adversaries) each.meeting = meetingPosture(each.side, random);
          const [left, right] = adversaries.map(({ side, adversary, meeting }) => {
            const { position, velocity } = arms[side];
            return k % 100 < 70 ? towards(position, meeting, 1.3) : adversary.next(position, velocity).position;
          });
          arms.step({ left, right });
          for (const { side, counter } of adversaries) counter.observe(arms[side].position);
          least = Math.min(least, arms.distance());
        }
        nearest = Math.min(nearest, least);
        expect(least).toBeGreaterThanOrEqual(MARGIN_M - TOLERANCE_M);
        for (const { counter } of adversaries) expect(counter.total).toBe(0);
      }),
      { numRuns: 3 },
    );
    // The arms do meet.
    expect(nearest).toBeLessThan(MARGIN_M + 0.008);
  });

  it.each(['hold', 'protective', 'emergency'] as const)('keep it in a stop of kind %s at any moment', (mode) => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 400 }), (moment) => {
        const arms = new TwoArms('apart');
        arms.reset(HOME, HOME);
        for (let k = 0; k < moment + 200; k++) {
          const left = towards(arms.left.position, [-1.5, 0.6, -0.2, 0, 0.8, 0], 1.2);
          const right = towards(arms.right.position, [1.5, 0.6, -0.2, 0, 0.8, 0], 0.9);
          arms.step(k < moment ? { left, right } : mode);
          if (k >= moment) expect(arms.distance()).toBeGreaterThanOrEqual(MARGIN_M - TOLERANCE_M);
        }
      }),
      { numRuns: 2 },
    );
  });

  it('let both come near each other where both reach across the middle; filters that do not know each other let them meet', () => {
    const least = cross(new TwoArms('apart'));
    expect(least).toBeGreaterThanOrEqual(MARGIN_M - TOLERANCE_M);
    expect(least).toBeLessThan(MARGIN_M + 0.015);
    expect(cross(new TwoArms('alone'))).toBeLessThan(0);
  });

  it('let an arm work beyond the middle while the other one is away', () => {
    const arms = new TwoArms('apart');
    arms.reset(HOME, [-1.2, -0.3, 0.6, 0, 1.2, 0]);
    const goal = [-0.9, 0.4, 0.1, 0, 0.8, 0];
    for (let k = 0; k < 1000; k++) {
      arms.step({ left: towards(arms.left.position, goal, 0.8), right: arms.right.position.slice() });
    }
    for (const [i, q] of arms.left.position.entries()) expect(Math.abs(q - goal[i])).toBeLessThan(0.03);
    expect(arms.tool('left')[1]).toBeLessThan(-0.02);
  });

  it('reject every command until the place of the other arm is known', () => {
    const { left, right } = new TwoArms('apart');
    left.reset(Float64Array.from(HOME), 0.04, 0);
    const command = { position: Float64Array.from(HOME), gripperWidth: 0.04 };
    const result = left.filter(command, 0.002, 0.002);
    expect(result.verdict).toBe('reject');
    expect(result.message()).toContain('position of another arm (rad)');
    right.reset(Float64Array.from(HOME), 0.04, 0);
    expect(left.filter(command, 0.004, 0.004).verdict).toBe('pass');
  });
});
