import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JointTrajectory, type TimeScaling } from './joint-trajectory.ts';

const N = 3;
const limits = { velocity: [1, 2, 0.5], acceleration: [4, 3, 2] };
const waypoint = fc.array(
  fc.double({ min: -3, max: 3, noNaN: true }).map((value) => value + 0),
  { minLength: N, maxLength: N },
);
const scaling = fc.constantFrom<TimeScaling>('trapezoidal', 'minimum-jerk');

describe('JointTrajectory', () => {
  it('starts and ends exactly at the first and last waypoint, at rest', () => {
    fc.assert(
      fc.property(fc.array(waypoint, { minLength: 1, maxLength: 5 }), scaling, (waypoints, kind) => {
        const trajectory = new JointTrajectory(waypoints, limits, kind);
        const [position, velocity] = [new Float64Array(N), new Float64Array(N)];
        trajectory.sample(0, position, velocity);
        expect([...position]).toEqual(waypoints[0]);
        trajectory.sample(trajectory.duration, position, velocity);
        expect([...position]).toEqual(waypoints[waypoints.length - 1]);
        expect([...velocity].every((v) => v === 0)).toBe(true);
      }),
    );
  });

  it('is continuous and respects every velocity limit', () => {
    fc.assert(
      fc.property(fc.array(waypoint, { minLength: 2, maxLength: 4 }), scaling, (waypoints, kind) => {
        const trajectory = new JointTrajectory(waypoints, limits, kind);
        const [before, now, velocity] = [new Float64Array(N), new Float64Array(N), new Float64Array(N)];
        trajectory.sample(0, before);
        const dt = trajectory.duration / 200;
        for (let k = 1; k <= 200; k++) {
          trajectory.sample(k * dt, now, velocity);
          for (let i = 0; i < N; i++) {
            expect(Math.abs(now[i] - before[i])).toBeLessThanOrEqual(limits.velocity[i] * dt * (1 + 1e-9) + 1e-12);
            expect(Math.abs(velocity[i])).toBeLessThanOrEqual(limits.velocity[i] * (1 + 1e-9));
          }
          before.set(now);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('passes through each waypoint', () => {
    const waypoints = [
      [0, 0, 0],
      [1, -1, 0.5],
      [1, -1, 0.5],
      [0.2, 2, -0.5],
    ];
    const trajectory = new JointTrajectory(waypoints, limits, 'minimum-jerk');
    const position = new Float64Array(N);
    const distanceTo = (target: readonly number[]) =>
      Math.max(...target.map((value, i) => Math.abs(value - position[i])));
    for (const target of waypoints) {
      let nearest = Infinity;
      for (let k = 0; k <= 5000; k++) {
        trajectory.sample((k * trajectory.duration) / 5000, position);
        nearest = Math.min(nearest, distanceTo(target));
      }
      expect(nearest).toBeLessThan(1e-5);
    }
  });

  it('handles waypoints that differ by the smallest number', () => {
    for (const kind of ['trapezoidal', 'minimum-jerk'] as const) {
      const waypoints = [
        [0, 0, 0],
        [0, 0, -5e-324],
      ];
      const trajectory = new JointTrajectory(waypoints, limits, kind);
      const position = new Float64Array(N);
      trajectory.sample(0, position);
      expect([...position]).toEqual(waypoints[0]);
      trajectory.sample(trajectory.duration, position);
      expect([...position]).toEqual(waypoints[1]);
      expect(trajectory.duration).toBeLessThan(1e-90);
    }
  });

  it('names invalid arguments', () => {
    expect(() => new JointTrajectory([], limits, 'trapezoidal')).toThrow(InputError);
    expect(
      () =>
        new JointTrajectory(
          [
            [0, 0, 0],
            [1, 1],
          ],
          limits,
          'trapezoidal',
        ),
    ).toThrow('waypoint 1 1,1: expected 3');
    expect(() => new JointTrajectory([[0, 0, Number.NaN]], limits, 'trapezoidal')).toThrow('waypoint 0');
    expect(() => new JointTrajectory([[0], [1]], { velocity: [0], acceleration: [1] }, 'trapezoidal')).toThrow(
      'joint 0',
    );
    expect(() => new JointTrajectory([[0], [1]], limits, 'trapezoidal')).toThrow('expected 1 each');
    const endless = { velocity: [Infinity], acceleration: [Infinity] };
    expect(() => new JointTrajectory([[0], [1]], endless, 'trapezoidal')).toThrow('at least one of them finite');
  });
});
