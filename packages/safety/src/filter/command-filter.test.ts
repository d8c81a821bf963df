import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FILTER } from '../config/defaults.ts';
import type { FilterConfig } from '../config/filter-config.ts';
import { STOP_MODES, type StopMode } from '../config/filter-config.ts';
import { Adversary } from '../testing/adversary.ts';
import { HOME, kinematics, model, names, PERIOD } from '../testing/arm.ts';
import { ViolationCounter } from '../testing/violations.ts';
import { CommandFilter } from './command-filter.ts';

/** A filter with joint limits whose checks reject nothing. */
const BARE: FilterConfig = {
  limits: { acceleration: 20, jerk: 2000 },
  joints: { clamp: 'along_path' },
  stop: DEFAULT_FILTER.stop,
};

function setUp(config: FilterConfig = DEFAULT_FILTER, start = HOME) {
  const filter = new CommandFilter({ names, model, kinematics, config, period: PERIOD });
  filter.reset(start, 0.04, 0);
  let now = 0;
  const send = (position: Float64Array, gripperWidth = 0.04, age = 0) => {
    now += PERIOD;
    return filter.filter({ position, gripperWidth }, now - age, now);
  };
  const brake = (mode: StopMode) => {
    now += PERIOD;
    return filter.brake(now, mode);
  };
  return { filter, send, brake };
}

const moved = (by: number, joint = 0) => HOME.with(joint, HOME[joint] + by);
const sine = (t: number) => HOME.map((q, i) => q + 0.1 * (1 - Math.cos(3 * t)) * (i % 2 ? 1 : -1));

describe('CommandFilter', () => {
  it('passes a command within all limits bit-identical', () => {
    const { filter, send } = setUp();
    for (let t = 0; t < 3; t += PERIOD) {
      const command = sine(t);
      const { verdict, stage } = send(command, 0.04);
      expect({ verdict, stage }).toEqual({ verdict: 'pass', stage: undefined });
      expect([...filter.position]).toEqual([...command]);
    }
  });

  it('respects every limit for any sequence of commands, stops and starts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.constantFrom(BARE, DEFAULT_FILTER, { ...BARE, joints: { clamp: 'per_joint' as const } }),
        fc.array(fc.tuple(fc.constantFrom('filter', 'filter', ...STOP_MODES), fc.integer({ min: 1, max: 120 })), {
          minLength: 1,
          maxLength: 12,
        }),
        (seed, config, program) => {
          const { filter, send, brake } = setUp(config);
          const adversary = new Adversary(filter.limits, PERIOD, seed);
          const counter = new ViolationCounter(filter.limits, PERIOD);
          counter.reset(filter.position);
          for (const [what, periods] of program) {
            for (let k = 0; k < periods; k++) {
              if (what === 'filter') send(adversary.next(filter.position, filter.velocity).position);
              else brake(what);
              counter.observe(filter.position);
            }
          }
          expect(counter.counts).toEqual({ position: 0, velocity: 0, acceleration: 0, jerk: 0 });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('reaches every constant command within limits and stays there bit-identical', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.4, max: 0.4, noNaN: true }), { minLength: 7, maxLength: 7 }), (by) => {
        const { filter, send } = setUp(BARE);
        const goal = HOME.map((q, i) => q + by[i]);
        const beyond = new Float64Array(7);
        for (let k = 0; k < 1500; k++) {
          send(goal);
          for (let i = 0; i < 7; i++) {
            beyond[i] = Math.max(beyond[i], (filter.position[i] - goal[i]) * Math.sign(by[i]));
          }
        }
        expect([...filter.position]).toEqual([...goal]);
        // Distance of one period at the jerk limit. A reachable command is reached, and the stop at it takes one more
        // period.
        expect(Math.max(...beyond)).toBeLessThan(2 * 2000 * PERIOD ** 3);
      }),
      { numRuns: 30 },
    );
  });

  it('catches up with a moving command and then passes it unchanged', () => {
    const { send } = setUp({ ...BARE, limits: { acceleration: 20, jerk: 5000 } });
    const verdicts: string[] = [];
    for (let k = 1; k < 1000; k++) verdicts.push(send(moved(0.02 + 0.3 * k * PERIOD)).verdict);
    expect(verdicts[0]).toBe('clamp');
    expect(verdicts.slice(300).every((each) => each === 'pass')).toBe(true);
  });

  it('moves in a straight line towards a command beyond one period', () => {
    const { filter, send } = setUp(BARE);
    const travel = [0.3, -0.1, 0.2, 0.25, -0.2, 0.05, 0.1];
    const goal = HOME.map((q, i) => q + travel[i]);
    for (let k = 0; k < 400; k++) {
      send(goal);
      const share = (filter.position[0] - HOME[0]) / travel[0];
      const off = travel.map((each, i) => Math.abs(filter.position[i] - HOME[i] - share * each));
      expect(Math.max(...off)).toBeLessThan(1e-9);
    }
  });

  it('rejects and names values that are not finite, and brakes', () => {
    const { filter, send } = setUp();
    for (let t = 0; t < 0.5; t += PERIOD) send(sine(t));
    const speed = Math.abs(filter.velocity[0]);
    const bad = sine(0.5).with(3, Number.NaN);
    const { verdict, stage } = send(bad);
    expect({ verdict, stage }).toEqual({ verdict: 'reject', stage: 'shape' });
    expect(send(bad).message()).toBe(
      'command rejected by shape: joint4: position (rad), expected a finite number is NaN, limit 0',
    );
    expect(send(new Float64Array(6)).message()).toContain('number of joints is 6, limit 7');
    expect(send(HOME, Number.POSITIVE_INFINITY).message()).toContain('gripper');
    expect(Math.abs(filter.velocity[0])).toBeLessThan(speed);
  });

  it('rejects old, future and reordered commands', () => {
    const { send } = setUp();
    const stage = (age: number) => {
      const { verdict, stage } = send(HOME, 0.04, age);
      return verdict === 'reject' ? stage : verdict;
    };
    expect(stage(0.049)).toBe('pass');
    expect(stage(0.051)).toBe('age');
    expect(stage(-0.006)).toBe('age');
    expect(stage(0)).toBe('pass');
    expect(stage(0.01)).toBe('age');
    expect(stage(Number.NaN)).toBe('age');
  });

  it('rejects a jump, even of the first command', () => {
    const { filter, send } = setUp();
    const { verdict, stage } = send(moved(0.11));
    expect({ verdict, stage }).toEqual({ verdict: 'reject', stage: 'jump' });
    expect([...filter.position]).toEqual([...HOME]);
  });

  it('keeps the gripper within its range and speed', () => {
    const { filter, send } = setUp();
    expect(send(HOME, 0.2).verdict).toBe('clamp');
    expect(filter.gripperWidth).toBeCloseTo(0.0404, 9);
    for (let k = 0; k < 500; k++) send(HOME, 0.2);
    expect(filter.gripperWidth).toBe(0.082);
  });

  it('brakes along the path: every joint keeps its share of the velocity', () => {
    for (const mode of STOP_MODES) {
      const { filter, send, brake } = setUp();
      for (let t = 0; t < 0.5; t += PERIOD) send(sine(t));
      const before = filter.velocity.slice();
      while (brake(mode) === 'moving') {
        const share = filter.velocity[0] / before[0];
        for (let i = 1; i < 7; i++) expect(Math.abs(filter.velocity[i] - share * before[i])).toBeLessThan(1e-6);
      }
      expect([...filter.velocity, ...filter.acceleration.map(Math.abs)].every((each) => Number.isFinite(each))).toBe(
        true,
      );
    }
  });

  it('predicts the duration and distance of a stop', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 900 }),
        fc.constantFrom(...STOP_MODES),
        (seed, periods, mode) => {
          const { filter, send, brake } = setUp(BARE);
          const adversary = new Adversary(filter.limits, PERIOD, seed);
          for (let k = 0; k < periods; k++) send(adversary.next(filter.position, filter.velocity).position);
          const { time, jointDistance, toolDistance } = filter.stoppingEstimate(mode);
          const travel = new Float64Array(7);
          const [tool, last] = [new Float64Array(7), new Float64Array(7)];
          kinematics.forward(filter.position, last);
          let [stopped, toolTravel] = [0, 0];
          while (filter.velocity.some((v) => v !== 0)) {
            brake(mode);
            stopped += PERIOD;
            filter.velocity.forEach((v, i) => {
              travel[i] += Math.abs(v) * PERIOD;
            });
            kinematics.forward(filter.position, tool);
            toolTravel += Math.hypot(tool[0] - last[0], tool[1] - last[1], tool[2] - last[2]);
            last.set(tool);
          }
          expect(time).toBeCloseTo(stopped, 9);
          expect(jointDistance).toBeCloseTo(Math.max(...travel), 9);
          expect(toolDistance).toBeCloseTo(toolTravel, 9);
          expect(time).toBeLessThan(1.5);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('limits the speed of the tool', () => {
    const { filter, send } = setUp({ ...BARE, cartesian: { speed: 0.25 } });
    const [tool, last] = [new Float64Array(7), new Float64Array(7)];
    kinematics.forward(filter.position, last);
    const stages = new Set<string | undefined>();
    let fastest = 0;
    for (let k = 0; k < 1000; k++) {
      const { stage } = send(moved(Math.min(1.5, 0.01 * k)));
      stages.add(stage);
      kinematics.forward(filter.position, tool);
      fastest = Math.max(fastest, Math.hypot(tool[0] - last[0], tool[1] - last[1], tool[2] - last[2]) / PERIOD);
      last.set(tool);
    }
    expect(fastest).toBeLessThanOrEqual(0.25);
    expect(fastest).toBeGreaterThan(0.23);
    expect(stages).toContain('joints');
  });

  it('slows down near a singularity', () => {
    const speedAt = (singularity: FilterConfig['singularity']) => {
      const start = HOME.with(3, -0.3).with(5, 0.2);
      const { filter, send } = setUp({ ...BARE, singularity }, start);
      for (let k = 1; k < 300; k++) send(start.with(0, 0.002 * k));
      return Math.abs(filter.velocity[0]);
    };
    expect(speedAt(undefined)).toBeCloseTo(1, 6);
    expect(speedAt({ slowBelow: 0.2, slowestAt: 0.05, leastShare: 0.1 })).toBeLessThan(0.6);
  });
});
