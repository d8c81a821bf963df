import { Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { WrenchSensor, type WrenchSetup } from './wrench-sensor.ts';

const CONTROL_PERIOD_S = 0.002;
const setup: WrenchSetup = {
  noise: [0.15, 0.005],
  bias: [1, -2, 0.5, 0.05, -0.02, 0.01],
  drift: [0, 0, 0, 0, 0, 0],
  saturation: [100, 10],
  delay: 0,
};
const FORCE_N = [3, -4, 12];
const TORQUE_NM = [0.2, 0.1, -0.3];

/** Returns readings of a constant wrench at 500 Hz. */
function readings(changes: Partial<WrenchSetup>, count: number, force = FORCE_N, torque = TORQUE_NM, seed = 1) {
  const sensor = new WrenchSensor({ ...setup, ...changes }, new Random(seed));
  return Array.from({ length: count }, (_, k) => ({
    now: k * CONTROL_PERIOD_S,
    sample: sensor.sample(k * CONTROL_PERIOD_S, Float64Array.of(...force, ...torque)),
  }));
}
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

describe('WrenchSensor', () => {
  it('adds its bias and Gaussian noise of its standard deviation, independent between axes and between samples', () => {
    const n = 8000;
    const values = readings({}, n).map(({ sample }) => sample!.value);
    const axes = [0, 1, 2, 3, 4, 5].map((axis) => values.map((value) => value[axis]));
    const means = axes.map(mean);
    const noise = axes.map((axis, i) => axis.map((v) => v - means[i]));
    for (const [i, truth] of [...FORCE_N, ...TORQUE_NM].entries()) {
      const std = setup.noise[i < 3 ? 0 : 1];
      expect(Math.abs(means[i] - truth - setup.bias[i])).toBeLessThan((4 * std) / Math.sqrt(n));
      const measured = Math.sqrt(mean(noise[i].map((e) => e * e)));
      expect(Math.abs(measured / std - 1)).toBeLessThan(4 / Math.sqrt(2 * n));
      const others = noise.slice(0, i).map((other) => mean(other.map((e, k) => e * noise[i][k])));
      const next = mean(noise[i].slice(1).map((e, k) => e * noise[i][k]));
      for (const covariance of others) expect(Math.abs(covariance)).toBeLessThan((4 * 0.15 * std) / Math.sqrt(n));
      expect(Math.abs(next)).toBeLessThan((4 * std * std) / Math.sqrt(n));
    }
  });

  it('saturates at its range in both directions', () => {
    const noiseless = { noise: [0, 0] as const };
    const [{ sample }] = readings(noiseless, 1, [500, -500, 99.6], [50, -50, 0]);
    expect([...sample!.value]).toEqual([100, -100, 100, 10, -10, 0.01]);
  });

  it('drifts linearly in time', () => {
    const drift = [0.01, 0, -0.01, 0.0005, 0, 0];
    const last = readings({ noise: [0, 0], drift }, 501).at(-1)!;
    [...FORCE_N, ...TORQUE_NM].forEach((truth, i) => {
      expect(last.sample!.value[i]).toBeCloseTo(truth + setup.bias[i] + drift[i] * 1, 12);
    });
  });

  it('delivers after its delay, with the time of measurement as stamp', () => {
    const delay = 0.013;
    const all = readings({ delay }, 200);
    for (const { now, sample } of all) {
      if (now < delay - 1e-8) expect(sample).toBeUndefined();
      else {
        expect(now - sample!.stamp).toBeGreaterThanOrEqual(delay - 1e-8);
        expect(now - sample!.stamp).toBeLessThan(delay + CONTROL_PERIOD_S);
        expect(sample!.received).toBeCloseTo(sample!.stamp + delay, 12);
      }
    }
  });

  it('repeats its readings for the same seed, each in a new buffer', () => {
    const values = (seed: number) => readings({}, 20, FORCE_N, TORQUE_NM, seed).map(({ sample }) => sample!.value);
    expect(values(5)).toEqual(values(5));
    expect(values(5)).not.toEqual(values(6));
    expect(new Set(values(5).map(({ buffer }) => buffer)).size).toBe(20);
  });
});
