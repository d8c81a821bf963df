import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpeedProfile } from './speed-profile.ts';

const positive = (max: number) => fc.double({ min: 1e-3, max, noNaN: true });

describe('a speed profile', () => {
  it('covers its length from the first speed to rest, within top speed and rate', () => {
    fc.assert(
      fc.property(
        positive(2),
        fc.double({ min: 0, max: 1, noNaN: true }),
        positive(1),
        positive(5),
        (length, share, top, rate) => {
          const first = share * Math.sqrt(2 * rate * length);
          const profile = new SpeedProfile(length, first, top, rate);
          const steps = 200;
          const dt = profile.duration / steps;
          expect(profile.positionAt(0)).toBe(0);
          expect(profile.speedAt(0)).toBeCloseTo(first, 9);
          expect(profile.positionAt(profile.duration)).toBe(length);
          expect(profile.speedAt(profile.duration)).toBe(0);
          for (let i = 1; i <= steps; i++) {
            const [before, now] = [(i - 1) * dt, i * dt];
            const travel = profile.positionAt(now) - profile.positionAt(before);
            const [v0, v1] = [profile.speedAt(before), profile.speedAt(now)];
            expect(v1).toBeLessThanOrEqual(Math.max(first, top) + 1e-9);
            expect(Math.abs(v1 - v0)).toBeLessThanOrEqual(rate * dt * (1 + 1e-6) + 1e-9);
            // The speed is the derivative of the position.
            expect(travel).toBeGreaterThanOrEqual(-1e-12);
            expect(Math.abs(travel - ((v0 + v1) / 2) * dt)).toBeLessThanOrEqual(rate * dt * dt + 1e-9);
          }
        },
      ),
    );
  });

  it('stands if the length is 0', () => {
    const profile = new SpeedProfile(0, 0, 1, 1);
    expect([profile.duration, profile.positionAt(0), profile.positionAt(5), profile.speedAt(0)]).toEqual([0, 0, 0, 0]);
  });
});
