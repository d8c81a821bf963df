import { Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { JointSensor, type JointsSetup } from './joint-sensor.ts';

const CONTROL_PERIOD_S = 0.002;
const setup: JointsSetup = { noise: [5e-5, 1e-4], bias: [2e-4, -1e-4], delay: 0 };
const POSITION = [0.3, -1.2];
const VELOCITY = [0.5, 0];

/** Returns readings of a constant state at 500 Hz. */
function readings(changes: Partial<JointsSetup>, count: number, seed = 1) {
  const sensor = new JointSensor(['a', 'b'], { ...setup, ...changes }, new Random(seed));
  return Array.from({ length: count }, (_, k) => ({
    now: k * CONTROL_PERIOD_S,
    sample: sensor.sample(k * CONTROL_PERIOD_S, POSITION, VELOCITY),
  }));
}

describe('JointSensor', () => {
  it('adds its bias to the position only, and noise of its standard deviations to position and velocity', () => {
    const n = 8000;
    const values = readings({}, n).map(({ sample }) => sample!.value);
    for (const i of [0, 1]) {
      for (const [part, truth, std] of [
        ['position', POSITION[i] + setup.bias[i], setup.noise[0]],
        ['velocity', VELOCITY[i], setup.noise[1]],
      ] as const) {
        const errors = values.map((value) => value[part][i] - truth);
        const mean = errors.reduce((sum, e) => sum + e, 0) / n;
        expect(Math.abs(mean)).toBeLessThan((4.5 * std) / Math.sqrt(n));
        const measured = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / n);
        expect(Math.abs(measured / std - 1)).toBeLessThan(4.5 / Math.sqrt(2 * n));
      }
    }
  });

  it('delivers after its delay, with the time of measurement as stamp', () => {
    const delay = 0.003;
    for (const { now, sample } of readings({ delay }, 100)) {
      if (now < delay - 1e-8) expect(sample).toBeUndefined();
      else expect(now - sample!.stamp).toBeCloseTo(0.004, 9);
    }
  });

  it('repeats its readings for the same seed', () => {
    expect(readings({}, 20, 5)).toEqual(readings({}, 20, 5));
    expect(readings({}, 20, 5)).not.toEqual(readings({}, 20, 6));
  });
});
