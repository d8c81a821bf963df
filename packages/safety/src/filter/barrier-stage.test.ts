import { KinematicTree } from '@praxis/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterConfig } from '../config/filter-config.ts';
import { Adversary } from '../testing/adversary.ts';
import { ALL_STAGES } from '../testing/all-stages.ts';
import { HOME, kinematics, model, names, PERIOD } from '../testing/arm.ts';
import { ViolationCounter } from '../testing/violations.ts';
import { CommandFilter } from './command-filter.ts';
import { distanceBarriers, workspaceBarriers } from './geometry/build-barriers.ts';
import { Clearance } from './geometry/clearance.ts';
import { LinkMotion } from './geometry/link-motion.ts';

function setUp(config: FilterConfig = ALL_STAGES, start = HOME) {
  const filter = new CommandFilter({ names, model, kinematics, config, period: PERIOD });
  filter.reset(start, 0.04, 0);
  const motion = new LinkMotion(new KinematicTree(model), names);
  const clearance = new Clearance(motion, (set) => [
    ...(config.workspace ? workspaceBarriers(config.workspace, motion, set) : []),
    ...(config.distance ? distanceBarriers(config.distance, motion, set) : []),
  ]);
  let now = 0;
  const send = (position: Float64Array) => {
    now += PERIOD;
    return filter.filter({ position, gripperWidth: 0.04 }, now, now);
  };
  const distance = () => {
    clearance.advance(filter.position);
    return Math.min(...clearance.barriers.map((_, k) => clearance.measure(k)));
  };
  return { filter, send, distance };
}

/** A filter with only a wall at y = 0.3 for the tool. */
const WALL: FilterConfig = {
  ...ALL_STAGES,
  jump: undefined,
  distance: undefined,
  singularity: undefined,
  workspace: { points: [{ link: 'tool0' }], planes: [{ name: 'wall', normal: [0, -1, 0], offset: -0.3 }] },
};

describe('CommandFilter with every stage', () => {
  it('respects every limit, every distance and the tool speed for any command', () => {
    const tool = [new Float64Array(7), new Float64Array(7)];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const { filter, send, distance } = setUp();
        const adversary = new Adversary(filter.limits, PERIOD, seed);
        const counter = new ViolationCounter(filter.limits, PERIOD);
        counter.reset(filter.position);
        kinematics.forward(filter.position, tool[1]);
        let [nearest, fastest] = [1, 0];
        for (let k = 0; k < 600; k++) {
          send(adversary.next(filter.position, filter.velocity).position);
          counter.observe(filter.position);
          nearest = Math.min(nearest, distance());
          kinematics.forward(filter.position, tool[k % 2]);
          const [a, b] = tool;
          fastest = Math.max(fastest, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / PERIOD);
        }
        expect(counter.counts).toEqual({ position: 0, velocity: 0, acceleration: 0, jerk: 0 });
        expect(nearest).toBeGreaterThanOrEqual(0);
        expect(fastest).toBeLessThanOrEqual(ALL_STAGES.cartesian!.speed);
      }),
      { numRuns: 12 },
    );
  });

  it('slides along a wall instead of stopping at it', () => {
    const { filter, send, distance } = setUp(WALL);
    const tool = new Float64Array(7);
    const verdicts = new Set<string>();
    for (let k = 0; k < 2500; k++) {
      // The arm is rotated into the wall and stretched along it.
      const share = Math.min(1, k / 600);
      verdicts.add(
        send(
          HOME.with(0, 1.2 * share)
            .with(3, HOME[3] + 0.5 * share)
            .with(1, HOME[1] + 0.3 * share),
        ).verdict,
      );
      expect(distance()).toBeGreaterThanOrEqual(0);
    }
    kinematics.forward(filter.position, tool);
    expect(tool[1]).toBeGreaterThan(0.29);
    expect(tool[1]).toBeLessThanOrEqual(0.3);
    expect(filter.position[3]).toBeCloseTo(HOME[3] + 0.5, 1);
  });

  it('passes a command away from barriers bit-identical', () => {
    const { filter, send } = setUp({ ...WALL, limits: { acceleration: 45, jerk: 40_000 } });
    for (let k = 0; k < 500; k++) {
      const command = HOME.with(0, 0.1 * Math.sin(k * 0.01) ** 2);
      expect(send(command).verdict).toBe('pass');
      expect([...filter.position]).toEqual([...command]);
    }
  });

  it('lets an arm that starts too near move away, but never nearer', () => {
    const { filter, send, distance } = setUp(
      { ...WALL, workspace: { points: [{ link: 'tool0' }], planes: [{ normal: [0, -1, 0], offset: 0.05 }] } },
      HOME,
    );
    const start = distance();
    expect(start).toBeLessThan(-0.04);
    for (let k = 0; k < 200; k++) send(HOME.with(0, 0.002 * k));
    expect(distance()).toBeGreaterThanOrEqual(start - 1e-6);
    for (let k = 0; k < 1500; k++) send(filter.position.with(0, filter.position[0] - 0.0004));
    expect(distance()).toBeGreaterThan(0);
  });

  it('stands inside the buffer of a barrier without a motion command', () => {
    const { filter, send } = setUp(WALL);
    for (let k = 0; k < 2500; k++) send(HOME.with(0, Math.min(1, 0.001 * k)));
    const rest = filter.position.slice();
    for (let k = 0; k < 500; k++) send(rest);
    expect([...filter.position]).toEqual([...rest]);
  });
});
