import { describe, expect, it } from 'vitest';
import { DEFAULT_SAFETY } from '../../config/defaults.ts';
import type { ContactLimits } from '../../config/filter-config.ts';
import type { SafetyConfig } from '../../config/safety-config.ts';
import { contactSpeedLimit, quasiStaticLimit, transientLimit } from '../../filter/limits/contact-speed.ts';
import { jointLimits } from '../../filter/limits/joint-limits.ts';
import { kinematics, model, names, PERIOD } from '../../testing/arm.ts';
import { type IdealArm, runningArm } from '../../testing/ideal-arm.ts';
import { ViolationCounter } from '../../testing/violations.ts';

const force = DEFAULT_SAFETY.force!;
const withForce = (changes: Partial<typeof force>): SafetyConfig => ({
  ...DEFAULT_SAFETY,
  force: { ...force, expect: { below: null, gripping: null }, ...changes },
});
const FREE = withForce({});

/** Number of periods until the protective stop. */
function periodsToStop(arm: IdealArm, most = 100): number {
  for (let i = 1; i <= most; i++) {
    arm.step();
    if (arm.supervisor.state === 'protective_stop') return i;
  }
  return Number.POSITIVE_INFINITY;
}

const tool = (arm: IdealArm): Float64Array => {
  const pose = new Float64Array(7);
  kinematics.forward(arm.sent, pose);
  return pose;
};

describe('contact', () => {
  it('that is unexpected stops the arm at the second sample, and a hard impact at the first', () => {
    for (const [blow, periods] of [
      [force.free.force + 3, force.strike.samples],
      [force.free.force * force.strike.factor + 5, 1],
    ]) {
      for (const direction of [
        [1, 0, 0],
        [0, -1, 0],
        [0, 0, 1],
      ]) {
        const arm = runningArm(FREE);
        arm.force = direction.map((each) => each * blow);
        expect(periodsToStop(arm)).toBeLessThanOrEqual(periods);
      }
    }
  });

  it('below the limit, sensor drift and a single outlier do not stop the arm', () => {
    const arm = runningArm(FREE);
    arm.force = [0, force.free.force - 3, 0];
    arm.run(1);
    arm.force = [0, 0, 0];
    for (let i = 0; i < 1000; i++) {
      arm.bias += 0.001;
      arm.step();
    }
    arm.force = [0, force.free.force + 5, 0];
    arm.step();
    arm.force = [0, 0, 0];
    arm.run(0.5);
    expect(arm.supervisor.state).toBe('running');
  });

  it('that the task expects is allowed while it expects it', () => {
    const arm = runningArm(FREE);
    arm.supervisor.expectContact('expected');
    arm.force = [0, 0, 40];
    arm.run(1);
    expect(arm.supervisor.state).toBe('running');
    arm.supervisor.expectContact({ force: 50, torque: 8 });
    arm.run(0.1);
    expect(arm.supervisor.state).toBe('running');
    arm.supervisor.expectContact('free');
    arm.step(2);
    expect(arm.supervisor.state).toBe('protective_stop');
  });

  it('is expected near the work surface', () => {
    const arm = runningArm(withForce({ expect: { below: 10, gripping: null } }));
    arm.force = [0, 0, 40];
    arm.run(0.5);
    expect(arm.supervisor.state).toBe('running');
    arm.force = [0, 0, force.expected.force + 5];
    expect(periodsToStop(arm)).toBeLessThanOrEqual(force.strike.samples);
  });

  it('causes a retreat along the force within all limits, and then a stand', () => {
    const arm = runningArm(FREE, 0.8);
    const counter = new ViolationCounter(jointLimits(names, model, FREE.filter.limits, PERIOD), PERIOD);
    counter.reset(arm.sent);
    arm.force = [0, 30, 0];
    const before = tool(arm);
    // The arm is in motion at first: only the position counts until the acceleration is known.
    arm.run(2, () => counter.observe(arm.sent));
    const after = tool(arm);
    expect(after[1] - before[1]).toBeGreaterThan(0.5 * force.retreat.distance);
    expect(after[1] - before[1]).toBeLessThan(2 * force.retreat.distance);
    expect(counter.counts.position + counter.counts.velocity).toBe(0);
    const place = [...arm.sent];
    arm.run(0.2, () => expect([...arm.sent]).toEqual(place));
    expect(arm.powered).toBe(false);
  });

  it('causes only braking if so configured', () => {
    const arm = runningArm(withForce({ reaction: 'brake' }));
    arm.run(0.285);
    arm.force = [0, 30, 0];
    arm.step(2);
    const before = tool(arm);
    const { toolDistance } = arm.supervisor.stoppingEstimate('protective');
    arm.run(1);
    const after = tool(arm);
    const moved = Math.hypot(...[0, 1, 2].map((i) => after[i] - before[i]));
    expect(moved).toBeLessThanOrEqual(toolDistance + 1e-6);
  });

  it('with a body region respects its quasi-static limit, and briefly its transient limit', () => {
    const contact: ContactLimits = {
      regions: {
        example: {
          quasiStaticForce: 10,
          quasiStaticPressure: 100,
          transientFactor: 1.5,
          effectiveMass: 1,
          springConstant: 1e5,
        },
      },
      exposed: ['example'],
      movingMass: 10,
      payload: 1,
      contactArea: 1,
    };
    const config: SafetyConfig = { ...FREE, filter: { ...FREE.filter, contact } };
    const short = runningArm(config);
    short.force = [0, 12.5, 0];
    short.run(force.transientTime - 0.05);
    expect(short.supervisor.state).toBe('running');
    short.run(0.1);
    expect(short.supervisor.log.findLast(({ from, to }) => from !== to)).toMatchObject({ cause: 'body_region' });
    const hard = runningArm(config);
    hard.force = [0, 16.5, 0];
    hard.run(0.02);
    expect(hard.supervisor.state).toBe('protective_stop');
  });
});

describe('the limits of a body region', () => {
  const region = {
    quasiStaticForce: 150,
    quasiStaticPressure: 200,
    transientFactor: 2,
    effectiveMass: 4,
    springConstant: 25_000,
  };

  it('are the smaller of the force and of pressure times area', () => {
    expect(quasiStaticLimit(region, 1)).toBe(150);
    expect(quasiStaticLimit(region, 0.5)).toBe(100);
    expect(transientLimit(region, 0.5)).toBe(200);
  });

  it('allow the speed at which the reduced mass loads the spring with the transient force', () => {
    const robot = 12;
    const speed = contactSpeedLimit(region, 1, robot);
    const reduced = (region.effectiveMass * robot) / (region.effectiveMass + robot);
    const deflection = transientLimit(region, 1) / region.springConstant;
    expect(0.5 * reduced * speed ** 2).toBeCloseTo(0.5 * region.springConstant * deflection ** 2, 9);
  });
});
