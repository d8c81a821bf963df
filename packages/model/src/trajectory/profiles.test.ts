import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimumJerk } from './minimum-jerk.ts';
import type { MotionProfile } from './profile.ts';
import { trapezoidal } from './trapezoidal.ts';

const size = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const distance = fc.oneof(
  fc.constant(0),
  fc.double({ min: -1e3, max: 1e3, noNaN: true }).filter((d) => Math.abs(d) > 1e-6),
);
const SAMPLE_COUNT = 64;
const ROUNDING_FACTOR = 1 + 1e-9;

const times = ({ duration }: MotionProfile): number[] =>
  Array.from({ length: SAMPLE_COUNT + 1 }, (_, k) => (k * duration) / SAMPLE_COUNT);

describe.each([
  ['trapezoidal', trapezoidal],
  ['minimumJerk', minimumJerk],
])('%s', (_, make) => {
  const motions = fc.tuple(distance, size, size).map(([displacement, velocity, acceleration]) => ({
    displacement,
    velocity,
    acceleration,
    motion: make(displacement, { velocity, acceleration }),
  }));

  it('starts at 0 and ends exactly at the distance, at rest', () => {
    fc.assert(
      fc.property(motions, ({ displacement, motion }) => {
        for (const t of [-1, 0]) expect(Math.abs(motion.position(t)) + Math.abs(motion.velocity(t))).toBe(0);
        for (const t of [motion.duration, motion.duration + 1]) {
          expect(motion.position(t) + 0).toBe(displacement + 0);
          expect(motion.velocity(t)).toBe(0);
        }
      }),
    );
  });

  it('never exceeds its limits', () => {
    fc.assert(
      fc.property(motions, ({ motion, velocity, acceleration }) => {
        for (const t of times(motion)) {
          expect(Math.abs(motion.velocity(t))).toBeLessThanOrEqual(velocity * ROUNDING_FACTOR);
          expect(Math.abs(motion.acceleration(t))).toBeLessThanOrEqual(acceleration * ROUNDING_FACTOR);
        }
      }),
    );
  });

  it('is continuous and monotonic, and never exceeds velocity times time', () => {
    fc.assert(
      fc.property(motions, ({ motion, velocity, acceleration, displacement }) => {
        const at = times(motion);
        for (let k = 1; k < at.length; k++) {
          const dt = at[k] - at[k - 1];
          const step = (motion.position(at[k]) - motion.position(at[k - 1])) * Math.sign(displacement);
          expect(step).toBeGreaterThanOrEqual(-1e-9 * Math.abs(displacement));
          expect(step).toBeLessThanOrEqual(velocity * dt * ROUNDING_FACTOR + 1e-9 * Math.abs(displacement));
          const faster = Math.abs(motion.velocity(at[k]) - motion.velocity(at[k - 1]));
          expect(faster).toBeLessThanOrEqual(acceleration * dt * ROUNDING_FACTOR + 1e-9 * velocity);
        }
      }),
    );
  });

  it('has the derivative of the position as velocity', () => {
    fc.assert(
      fc.property(
        motions,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        ({ motion, displacement, acceleration }, s) => {
          if (displacement === 0) return;
          const [t, h] = [s * motion.duration, 1e-5 * motion.duration];
          const slope = (motion.position(t + h) - motion.position(t - h)) / (2 * h);
          const rounding = (1e-14 * Math.abs(displacement)) / h;
          expect(Math.abs(slope - motion.velocity(t))).toBeLessThanOrEqual(
            acceleration * h + rounding + 1e-9 * Math.abs(slope),
          );
        },
      ),
    );
  });

  it('reaches one of its limits, so it is time-optimal', () => {
    fc.assert(
      fc.property(motions, ({ motion, velocity, acceleration, displacement }) => {
        const { duration } = motion;
        if (displacement === 0) {
          expect(duration).toBe(0);
          return;
        }
        const fine = Array.from({ length: 2001 }, (_, k) => (k * duration) / 2000);
        const fastest = Math.max(...fine.map((t) => Math.abs(motion.velocity(t)))) / velocity;
        const hardest = Math.max(...fine.map((t) => Math.abs(motion.acceleration(t)))) / acceleration;
        expect(Math.max(fastest, hardest)).toBeGreaterThan(0.999);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses limits that are not more than 0', () => {
    expect(() => make(1, { velocity: 0, acceleration: 1 })).toThrow('velocity limit 0: expected more than 0');
    expect(() => make(1, { velocity: 1, acceleration: Number.NaN })).toThrow(InputError);
    expect(() => make(Number.NaN, { velocity: 1, acceleration: 1 })).toThrow(InputError);
    expect(() => make(1, { velocity: Infinity, acceleration: Infinity })).toThrow(InputError);
  });

  it('works with one finite limit', () => {
    expect(make(2, { velocity: 1, acceleration: Infinity }).duration).toBeGreaterThanOrEqual(2);
    expect(make(2, { velocity: Infinity, acceleration: 1 }).position(1e9)).toBe(2);
  });
});
