import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { standardNormal } from './ziggurat.ts';

/** P(X < x) of the standard normal at -4, -3, -2, -1, -0.5, 0 and so on. */
const CUMULATIVE: readonly (readonly [x: number, p: number])[] = [
  [-4, 3.16712e-5],
  [-3.442619855899, 2.88066e-4],
  [-3, 1.3499e-3],
  [-2, 0.0227501],
  [-1, 0.1586553],
  [-0.5, 0.3085375],
  [0, 0.5],
  [0.5, 0.6914625],
  [1, 0.8413447],
  [2, 0.9772499],
  [3, 0.9986501],
  [3.442619855899, 0.999711934],
];

describe('standardNormal', () => {
  it('has the distribution of the standard normal, tails included', () => {
    const random = new Random(11, 'normal');
    const n = 1_000_000;
    const below = CUMULATIVE.map(() => 0);
    for (let k = 0; k < n; k++) {
      const x = standardNormal(random);
      for (let i = 0; i < CUMULATIVE.length; i++) if (x < CUMULATIVE[i][0]) below[i]++;
    }
    CUMULATIVE.forEach(([, p], i) => {
      expect(Math.abs(below[i] / n - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / n));
    });
  });
  it('has the fourth moment of the normal', () => {
    const random = new Random(12, 'normal');
    let sum = 0;
    for (let k = 0; k < 400_000; k++) sum += standardNormal(random) ** 4;
    expect(Math.abs(sum / 400_000 - 3)).toBeLessThan(0.08);
  });
  it('keeps its sequence in every version, so recorded seeds stay valid', () => {
    const random = new Random(2_000_000, 'noise');
    expect([standardNormal(random), standardNormal(random), standardNormal(random)]).toMatchInlineSnapshot(`
      [
        -1.0637702414800143,
        -1.35658001202669,
        -0.26060696104022574,
      ]
    `);
  });
});
