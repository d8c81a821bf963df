import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearNormalisation, type Normalisation, normalised } from './normalisation.ts';
import { CONVERTED_UNITS, lineOf, siUnit } from './units.ts';

const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const above = fc.double({ min: 1e-2, max: 1e3, noNaN: true });

/** A normalisation of `size` elements. */
const normalisation = (size: number): fc.Arbitrary<Normalisation> => {
  const numbers = fc.array(number, { minLength: size, maxLength: size });
  const spreads = fc.array(above, { minLength: size, maxLength: size });
  const pair = fc
    .tuple(numbers, spreads)
    .map(([low, spread]) => [low, low.map((each, i) => each + spread[i])] as const);
  return fc.oneof(
    fc.constant<Normalisation>({ type: 'none' }),
    fc.tuple(numbers, spreads).map(([mean, std]): Normalisation => ({ type: 'mean_std', mean, std })),
    pair.map(([min, max]): Normalisation => ({ type: 'min_max', min, max })),
    pair.map(([low, high]): Normalisation => ({ type: 'quantiles', low, high })),
  );
};

describe('linearNormalisation', () => {
  it('is reversed by scale and offset', () => {
    fc.assert(
      fc.property(normalisation(3), fc.tuple(number, number, number), (each, values) => {
        const linear = linearNormalisation(each, 1, 3);
        for (const [i, value] of values.entries()) {
          const back = normalised(value, linear, i) * linear.scale[i] + linear.offset[i];
          expect(back).toBeCloseTo(value, 6);
        }
      }),
    );
  });

  it('has the formulas of its types', () => {
    const of = (each: Normalisation, value: number): number => normalised(value, linearNormalisation(each, 1, 1), 0);
    expect(of({ type: 'none' }, 7)).toBe(7);
    expect(of({ type: 'mean_std', mean: [3], std: [2] }, 7)).toBe(2);
    expect([2, 3, 4].map((value) => of({ type: 'min_max', min: [2], max: [4] }, value))).toEqual([-1, 0, 1]);
    expect(of({ type: 'quantiles', low: [0], high: [10] }, 20)).toBe(3);
    expect(of({ type: 'quantiles', low: [0], high: [10], clip: true }, 20)).toBe(1);
    expect(of({ type: 'min_max', min: [5], max: [5] }, 5)).toBe(-1);
  });

  it('takes one number for all elements, and one row for all rows', () => {
    const one = linearNormalisation({ type: 'mean_std', mean: [1], std: [2, 3] }, 2, 2);
    expect([[...one.offset], [...one.scale]]).toEqual([
      [1, 1, 1, 1],
      [2, 3, 2, 3],
    ]);
    const rows = linearNormalisation({ type: 'mean_std', mean: [[1, 2], [3]], std: [1] }, 2, 2);
    expect([...rows.offset]).toEqual([1, 2, 3, 3]);
  });
});

describe('units', () => {
  it('are those of SI after their factor', () => {
    expect(CONVERTED_UNITS.map((unit) => siUnit(unit).unit)).toEqual(['rad', 'rad/s', 'm', 'm', 'm/s', 'm/s', '1']);
    expect(180 * siUnit('deg').factor).toBeCloseTo(Math.PI, 15);
    expect(siUnit('N m')).toEqual({ unit: 'N m', factor: 1 });
  });

  it('a map is the line through its two points', () => {
    const points = fc.tuple(number, number, above, number);
    fc.assert(
      fc.property(points, ([a, b, spread, c]) => {
        const { scale, offset } = lineOf({ from: [a, a + spread], to: [b, c] });
        expect(a * scale + offset).toBeCloseTo(b, 4);
        expect((a + spread) * scale + offset).toBeCloseTo(c, 4);
      }),
    );
  });
});
