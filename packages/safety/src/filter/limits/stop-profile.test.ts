import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StopProfile } from './stop-profile.ts';

const PERIOD = 0.002;

/** Simulates the stop's feedback, period by period. */
function stopped(profile: StopProfile, v: number, a: number) {
  let [q, highest, peak, periods] = [0, 0, v, 0];
  const jumps: number[] = [];
  for (; periods < 100_000 && (Math.abs(v) > 1e-11 || Math.abs(a) > 1e-7); periods++) {
    const next = profile.next(v, a);
    jumps.push(Math.abs(next - a));
    a = next;
    v += PERIOD * a;
    q += PERIOD * v;
    highest = Math.max(highest, q);
    peak = Math.max(peak, v);
  }
  return { q, highest, peak, periods, jump: Math.max(0, ...jumps) };
}

const state = fc.record({
  deceleration: fc.double({ min: 1, max: 60, noNaN: true }),
  jerkPeriods: fc.double({ min: 0.5, max: 40, noNaN: true }),
  v: fc.double({ min: -2.5, max: 2.5, noNaN: true }),
  share: fc.double({ min: -1, max: 1, noNaN: true }),
});

describe('StopProfile', () => {
  it('predicts end, largest distance and largest speed of its stop', () => {
    fc.assert(
      fc.property(state, ({ deceleration, jerkPeriods, v, share }) => {
        // One to forty periods until the deceleration limit.
        const profile = new StopProfile(deceleration, deceleration / (jerkPeriods * PERIOD), PERIOD);
        const a = share * deceleration;
        const { q, highest, peak } = stopped(profile, v, a);
        expect(Math.abs(profile.distance(v, a) - q)).toBeLessThan(1e-9);
        expect(Math.abs(profile.reach(v, a) - highest)).toBeLessThan(1e-9);
        expect(peak).toBeLessThanOrEqual(Math.max(profile.peak(v, a), 0) + 1e-9);
      }),
      { numRuns: 2000 },
    );
  });

  it('ends and respects the jerk limit', () => {
    fc.assert(
      fc.property(state, ({ deceleration, jerkPeriods, v, share }) => {
        const profile = new StopProfile(deceleration, deceleration / (jerkPeriods * PERIOD), PERIOD);
        const { periods, jump } = stopped(profile, v, share * deceleration);
        expect(jump).toBeLessThanOrEqual(profile.accelerationUnit * (1 + 1e-12));
        expect(periods * PERIOD).toBeLessThan(Math.abs(v) / deceleration + 6 * (jerkPeriods + 2) * PERIOD);
      }),
    );
  });

  it('has a longer distance at a higher initial acceleration', () => {
    fc.assert(
      fc.property(
        state,
        fc.double({ min: -1, max: 1, noNaN: true }),
        ({ deceleration, jerkPeriods, v, share }, other) => {
          const profile = new StopProfile(deceleration, deceleration / (jerkPeriods * PERIOD), PERIOD);
          const ends = [Math.min(share, other), Math.max(share, other)].map((each) => {
            const a = each * deceleration;
            const then = v + PERIOD * a;
            return PERIOD * then + profile.reach(then, a);
          });
          expect(ends[0]).toBeLessThanOrEqual(ends[1] + 1e-12);
        },
      ),
    );
  });
});
