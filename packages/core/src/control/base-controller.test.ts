import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BaseController } from './base-controller.ts';

const CONTROL_PERIOD_S = 0.002;
const LIMITS = { linearVelocity: 0.5, linearAcceleration: 1, angularVelocity: 1, angularAcceleration: 2 };

function setUp(names: readonly string[]) {
  const target = new Float64Array(names.length);
  const base = new BaseController(
    names,
    target,
    names.map((_, i) => i),
    LIMITS,
  );
  base.reset();
  return { base, target };
}

describe('BaseController', () => {
  it('keeps the direction of a velocity that is too fast, and the limits of speed and acceleration', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (vx, vy, wz) => {
        const { base, target } = setUp(['vx', 'vy', 'wz']);
        target.set([vx, vy, wz]);
        const before = new Float64Array(3);
        for (let k = 0; k < 600; k++) {
          base.move('tracking', CONTROL_PERIOD_S);
          for (let i = 0; i < 3; i++) {
            const limit = i < 2 ? LIMITS.linearAcceleration : LIMITS.angularAcceleration;
            expect(Math.abs(base.twist[i] - before[i])).toBeLessThanOrEqual(limit * CONTROL_PERIOD_S + 1e-12);
          }
          before.set(base.twist);
          expect(Math.hypot(base.twist[0], base.twist[1])).toBeLessThanOrEqual(LIMITS.linearVelocity + 1e-9);
          expect(Math.abs(base.twist[2])).toBeLessThanOrEqual(LIMITS.angularVelocity);
        }
        const scale = Math.min(1, LIMITS.linearVelocity / Math.hypot(vx, vy));
        if (Math.hypot(vx, vy) > 0) expect(base.twist[0]).toBeCloseTo(vx * scale, 9);
        expect(base.twist[2]).toBeCloseTo(Math.min(Math.max(wz, -1), 1), 9);
      }),
      { numRuns: 20 },
    );
  });

  it('brakes when no action is left, and stands at once when it is stopped', () => {
    const { base, target } = setUp(['vx', 'wz']);
    target.set([0.4, 0.5]);
    for (let k = 0; k < 500; k++) base.move('tracking', CONTROL_PERIOD_S);
    expect([...base.twist]).toEqual([0.4, 0.5]);
    base.move('empty', CONTROL_PERIOD_S);
    expect(base.twist[0]).toBeCloseTo(0.398, 9);
    base.stop();
    expect([...base.twist]).toEqual([0, 0]);
  });

  it('refuses a limit of 0', () => {
    const target = new Float64Array(1);
    expect(() => new BaseController(['vx'], target, [0], { linearVelocity: 0 })).toThrow('linearVelocity is 0');
  });
});
