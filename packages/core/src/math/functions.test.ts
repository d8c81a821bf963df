import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acos, asin, atan2, cos, exp, log, sin, sincos, tan } from './index.ts';

const bits = new Float64Array(1);
const integer = new BigInt64Array(bits.buffer);

/** Difference of two doubles of one sign, in units in the last place. */
function ulps(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  bits[0] = Math.abs(a);
  const x = integer[0];
  bits[0] = Math.abs(b);
  const distance = Number(x - integer[0]);
  return Math.sign(a) === Math.sign(b) ? Math.abs(distance) : Infinity;
}

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const options = { numRuns: 5000 };

describe('elementary functions agree with Math within 2 ulp', () => {
  const unary: [string, (x: number) => number, (x: number) => number, number, number][] = [
    ['sin', sin, Math.sin, -1e5, 1e5],
    ['cos', cos, Math.cos, -1e5, 1e5],
    ['tan', tan, Math.tan, -1e5, 1e5],
    ['asin', asin, Math.asin, -1, 1],
    ['acos', acos, Math.acos, -1, 1],
    ['exp', exp, Math.exp, -745, 709],
    ['log', log, Math.log, 0, Number.MAX_VALUE],
  ];
  for (const [name, ours, theirs, min, max] of unary) {
    it(`${name} over its range, linear and logarithmic`, () => {
      for (let i = 0; i <= 20000; i++) {
        const x = min + ((max - min) * i) / 20000;
        expect(ulps(ours(x), theirs(x)), `${name}(${x})`).toBeLessThanOrEqual(2);
      }
      fc.assert(
        fc.property(finite(min, max), (x) => ulps(ours(x), theirs(x)) <= 2),
        options,
      );
    });
  }

  it('atan2 in every quadrant', () => {
    fc.assert(
      fc.property(finite(-1e9, 1e9), finite(-1e9, 1e9), (y, x) => ulps(atan2(y, x), Math.atan2(y, x)) <= 2),
      options,
    );
  });

  it('atan2 at zeros and infinities', () => {
    const special = [0, -0, 1, -1, Infinity, -Infinity];
    for (const y of special) for (const x of special) expect(Object.is(atan2(y, x), Math.atan2(y, x))).toBe(true);
  });

  it('sin, cos and tan next to multiples of pi/2, where the reduction cancels', () => {
    for (let n = -2000; n <= 2000; n++) {
      const x = n * (Math.PI / 2);
      expect(ulps(sin(x), Math.sin(x)), `sin(${n} pi/2)`).toBeLessThanOrEqual(2);
      expect(ulps(cos(x), Math.cos(x)), `cos(${n} pi/2)`).toBeLessThanOrEqual(2);
      expect(ulps(tan(x), Math.tan(x)), `tan(${n} pi/2)`).toBeLessThanOrEqual(2);
    }
  });

  it('log near 1, exp near 0', () => {
    fc.assert(
      fc.property(finite(-1e-3, 1e-3), (x) => ulps(log(1 + x), Math.log(1 + x)) <= 2 && ulps(exp(x), Math.exp(x)) <= 2),
      options,
    );
  });

  it('sincos is sin and cos', () => {
    const out = new Float64Array(3);
    fc.assert(
      fc.property(finite(-1e5, 1e5), (x) => {
        sincos(x, out, 1);
        expect(out[1]).toBe(sin(x));
        expect(out[2]).toBe(cos(x));
      }),
      options,
    );
  });
});

describe('limits of the ranges', () => {
  it('arguments that are not finite give NaN', () => {
    for (const f of [sin, cos, tan]) for (const x of [NaN, Infinity, -Infinity]) expect(f(x)).toBeNaN();
    for (const f of [asin, acos]) for (const x of [NaN, 1.0000001, -2]) expect(f(x)).toBeNaN();
    expect(log(-1)).toBeNaN();
  });
  it('limits', () => {
    expect(exp(710)).toBe(Infinity);
    expect(exp(-746)).toBe(0);
    expect(exp(0)).toBe(1);
    expect(log(0)).toBe(-Infinity);
    expect(log(1)).toBe(0);
    expect(ulps(exp(-740), Math.exp(-740))).toBeLessThanOrEqual(1);
    expect(ulps(exp(709.78), Math.exp(709.78))).toBeLessThanOrEqual(1);
    expect(ulps(log(5e-324), Math.log(5e-324))).toBeLessThanOrEqual(1);
    expect(acos(1)).toBe(0);
    expect(acos(-1)).toBe(Math.PI);
    expect(asin(1)).toBe(Math.PI / 2);
    expect(Object.is(sin(-0), -0)).toBe(true);
  });
  it('results for large arguments stay in [-1, 1]', () => {
    fc.assert(fc.property(finite(-1e300, 1e300), (x) => Math.abs(sin(x)) <= 1 && Math.abs(cos(x)) <= 1));
  });
});
