import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ButtonSpring, buttonForce, SNAP_DEPTH_M } from './button-spring.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const spring = fc.record<ButtonSpring>({
  travel: between(0.002, 0.007),
  peakForce: between(3, 11),
  dropRatio: between(0.45, 0.6),
  stopStiffness: between(6000, 10_000),
});

describe('the force of a button', () => {
  it('rises to the detent, drops behind it, and rises again at the stop', () => {
    fc.assert(
      fc.property(spring, between(0, 1), (button, share) => {
        const { travel, peakForce, dropRatio, stopStiffness } = button;
        const force = (position: number) => buttonForce(button, position);
        expect(force(share * travel)).toBeLessThanOrEqual(force(travel));
        expect(force(travel)).toBeCloseTo(peakForce, 9);
        expect(force(travel + SNAP_DEPTH_M)).toBeCloseTo(dropRatio * peakForce, 9);
        expect(force(travel + 0.0005 + 0.001)).toBeCloseTo(dropRatio * peakForce + 0.001 * stopStiffness, 9);
      }),
    );
  });

  it('has no jump anywhere', () => {
    fc.assert(
      fc.property(spring, between(-0.001, 0.01), (button, position) => {
        const step = 1e-9;
        expect(Math.abs(buttonForce(button, position + step) - buttonForce(button, position))).toBeLessThan(1e-4);
      }),
    );
  });
});
