import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { armModel } from '../robot/arm.ts';
import { type Conditions, drawConditions } from './conditions.ts';

const ARM = armModel(readFileSync(new URL('../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8'));
const all = Array.from({ length: 1000 }, (_, seed) => drawConditions(seed, ARM));
const DEGREE_RAD = Math.PI / 180;

/** Expects the values of all seeds to lie in the range and to cover most of it. */
function fills(low: number, high: number, value: (conditions: Conditions) => number) {
  const values = all.map(value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  expect(least).toBeGreaterThanOrEqual(low);
  expect(most).toBeLessThanOrEqual(high);
  expect(most - least).toBeGreaterThan(0.9 * (high - low));
}

describe('drawConditions', () => {
  it('is a function of the seed', () => {
    expect(drawConditions(7, ARM)).toEqual(all[7]);
    expect(drawConditions(8, ARM)).not.toEqual(all[7]);
  });

  it('has pictures without noise unless it is asked for, which changes nothing that is drawn', () => {
    const noisy = drawConditions(7, ARM, { cameraNoise: 1.5 });
    expect(all[7].cameras.map(({ noise }) => noise)).toEqual([0, 0]);
    expect(noisy).toEqual({ ...all[7], cameras: all[7].cameras.map((camera) => ({ ...camera, noise: 1.5 })) });
  });

  it('draws a lamp above the table with a unit direction', () => {
    for (const { lighting } of all) {
      expect(Math.hypot(...lighting.direction)).toBeCloseTo(1, 12);
      expect(lighting.direction[2]).toBeLessThan(-0.7);
    }
    fills(0.5, 0.9, ({ lighting }) => lighting.intensity);
    fills(0.3, 0.5, ({ lighting }) => lighting.ambient);
  });

  it('draws cameras with errors up to 1 cm and 1 degree, an exposure of 0.8 to 1.25, and delays of 20 to 50 ms', () => {
    for (const k of [0, 1]) {
      for (const axis of [0, 1, 2]) {
        fills(-0.01, 0.01, ({ cameras }) => cameras[k].offset[axis]);
        fills(-DEGREE_RAD, DEGREE_RAD, ({ cameras }) => cameras[k].tilt[axis]);
      }
      fills(0.8, 1.25, ({ cameras }) => cameras[k].exposure);
      fills(0.02, 0.05, ({ cameras }) => cameras[k].delay);
    }
  });

  it('draws a wrist sensor with a bias up to 2 N and 0.05 Nm, drift, and a delay up to 20 ms', () => {
    for (const axis of [0, 1, 2, 3, 4, 5]) {
      const [bias, drift] = axis < 3 ? [2, 0.01] : [0.05, 0.0005];
      fills(-bias, bias, ({ wrench }) => wrench.bias[axis]);
      fills(-drift, drift, ({ wrench }) => wrench.drift[axis]);
    }
    fills(0, 0.02, ({ wrench }) => wrench.delay);
  });

  it('draws joint encoders with a bias up to 0.2 mrad and a delay up to 4 ms', () => {
    for (const axis of [0, 3, 6]) fills(-2e-4, 2e-4, ({ joints }) => joints.bias[axis]);
    for (const axis of [7, 8]) fills(-5e-5, 5e-5, ({ joints }) => joints.bias[axis]);
    fills(0, 0.004, ({ joints }) => joints.delay);
  });

  it('draws a command delay up to 40 ms, and a start position in a box above the table', () => {
    fills(0, 0.04, ({ actionDelay }) => actionDelay);
    fills(0.38, 0.48, ({ start }) => start?.[0] ?? Number.NaN);
    fills(-0.08, 0.08, ({ start }) => start?.[1] ?? Number.NaN);
    fills(0.24, 0.3, ({ start }) => start?.[2] ?? Number.NaN);
  });
});
