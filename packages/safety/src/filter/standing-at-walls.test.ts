import { Random } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterConfig } from '../config/filter-config.ts';
import { ARMS } from '../testing/arm.ts';
import { type ArmName, DISTANCE, OPEN, randomWalls, WallTrial, WORKSPACE } from '../testing/wall-trial.ts';

/** Rejections in a row after which a supervisor stops the arm: 0.1 s. */
const TRIP_PERIODS = 50;

const WALLS: readonly (readonly [string, (arm: ArmName) => FilterConfig])[] = [
  ['a wall of the workspace', (arm) => ({ ...OPEN, workspace: WORKSPACE[arm] })],
  ['an obstacle', (arm) => ({ ...OPEN, distance: DISTANCE[arm] })],
  ['the end of a joint', () => ({ ...OPEN, limits: { ...OPEN.limits, position: { joint1: [-0.4, 0.4] } } })],
];

describe.for(Object.keys(ARMS) as ArmName[])('%s', (arm) => {
  it.for(WALLS)('stands at %s that a command pushes against, and follows when the command comes back', ([, config]) => {
    const trial = new WallTrial(arm, config(arm));
    const { home } = trial;
    const behind = home.with(0, home[0] + 1.2);
    trial.sweep(home, behind, 0.6);
    trial.wait(behind, 1.5);
    // It may still slide slowly along the wall, to where it is nearer to the command.
    expect(Math.max(...trial.filter.velocity.map(Math.abs))).toBeLessThan(0.1);
    expect(trial.longestRejection).toBeLessThan(TRIP_PERIODS);
    const reached = trial.filter.position[0] - home[0];
    expect(reached).toBeGreaterThan(0.15);
    expect(reached).toBeLessThan(1);
    // The command returns as fast as it came, so the arm needs no more than its speed and a quarter of each joint's.
    trial.fastest = 0;
    trial.sweep(behind, home, 0.6);
    expect(trial.fastest).toBeLessThan(0.6 / trial.filter.limits.velocity[0] + 0.3);
    trial.wait(home, 0.5);
    expect([...trial.filter.position]).toEqual([...home]);
    expect(trial.longestRejection).toBeLessThan(TRIP_PERIODS);
    expect(trial.violations).toBe(0);
    expect(trial.nearest).toBeGreaterThan(-1e-6);
  });

  it('follows in its other joints while one is at its end', () => {
    const trial = new WallTrial(arm, WALLS[2][1](arm));
    const { home } = trial;
    trial.sweep(home, home.with(0, home[0] + 0.8), 0.6);
    const target = home.with(0, home[0] + 0.8).with(1, home[1] + 0.3);
    trial.sweep(home.with(0, home[0] + 0.8), target, 0.6);
    trial.wait(target, 0.5);
    expect(trial.filter.position[0]).toBeCloseTo(0.4, 6);
    expect(trial.filter.position[1]).toBe(target[1]);
  });

  it.for(WALLS)('still rejects a command that jumps while the arm stands at %s', ([, config]) => {
    const trial = new WallTrial(arm, config(arm));
    const { home } = trial;
    const behind = home.with(0, home[0] + 0.9);
    trial.sweep(home, behind, 0.6);
    trial.wait(behind, 0.5);
    // Farther behind, back beyond the arm, and elsewhere in another joint.
    for (const jump of [
      behind.with(0, behind[0] + 0.15),
      home.with(0, home[0] - 0.2),
      behind.with(1, home[1] + 0.15),
    ]) {
      const { verdict, stage } = trial.send(jump);
      expect({ verdict, stage }).toEqual({ verdict: 'reject', stage: 'jump' });
      // After a jump the commands must begin near the arm: those that were behind the wall no longer do.
      expect(trial.send(behind).stage).toBe('jump');
      trial.filter.reset(home, 0.04, 0);
      trial.sweep(home, behind, 0.6);
    }
  });

  it('rejects a command that is faster than the arm, at a wall or not', () => {
    const trial = new WallTrial(arm, WALLS[0][1](arm));
    const { home } = trial;
    const speed = 3 * trial.filter.limits.velocity[0];
    const behind = home.with(0, home[0] + 0.6);
    trial.sweep(home, behind, 0.6);
    trial.sweep(behind, behind.with(0, behind[0] - 2), speed);
    expect(trial.longestRejection).toBeGreaterThan(1);
    expect(trial.violations).toBe(0);
  });

  it.for(['none', 'box'] as const)(
    'at any wall and for any motion of the command: no limit passed, no trip, and it follows again (obstacle: %s)',
    (obstacle) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
          const random = new Random(seed, 'walls');
          const trial = new WallTrial(arm, randomWalls(arm, random, obstacle));
          const { home } = trial;
          let at = home;
          for (let leg = 0; leg < 3; leg++) {
            const to = home.map((q) => q + random.uniform(-1, 1));
            trial.sweep(at, to, random.uniform(0.3, 1.5));
            if (random.uniform(0, 1) < 0.5) trial.wait(to, random.uniform(0, 0.6));
            at = to;
          }
          trial.sweep(at, home, random.uniform(0.3, 1.5));
          for (let k = 0; k < 8 && !isAt(trial, home); k++) trial.wait(home, 0.25);
          expect(trial.longestRejection, trial.rejection).toBeLessThan(TRIP_PERIODS);
          expect(trial.violations).toBe(0);
          expect(trial.nearest).toBeGreaterThan(-1e-6);
          // Where the command went through the box, the arm may stand on its other side.
          expect(isAt(trial, home) || (obstacle === 'box' && trial.distance < 0.01)).toBe(true);
        }),
        { numRuns: 5 },
      );
    },
  );
});

const isAt = ({ filter }: WallTrial, position: Float64Array): boolean =>
  filter.position.every((q, i) => q === position[i]);
