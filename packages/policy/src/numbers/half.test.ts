import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfBits, halfNumber, halfNumbers } from './half.ts';

const isNumber = (bits: number): boolean => !Number.isNaN(halfNumber(bits));

describe('numbers of 16 bits', () => {
  it('keep their bits', () => {
    for (let bits = 0; bits < 2 ** 16; bits++) {
      if (isNumber(bits)) expect(halfBits(halfNumber(bits))).toBe(bits);
    }
    expect(halfNumber(halfBits(Number.NaN))).toBeNaN();
  });

  it('are the nearest ones', () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const bits = halfBits(value);
        const error = Math.abs(halfNumber(bits) - value);
        for (const other of [bits - 1, bits + 1]) {
          if (other >= 0 && isNumber(other)) expect(error).toBeLessThanOrEqual(Math.abs(halfNumber(other) - value));
        }
      }),
    );
  });

  it('are those of the standard', () => {
    const cases: readonly [number, number][] = [
      [1, 0x3c00],
      [-2, 0xc000],
      [65504, 0x7bff],
      [65519, 0x7bff],
      [65520, 0x7c00],
      [-1e9, 0xfc00],
      [2 ** -24, 1],
      [2 ** -25, 0],
      [1 / 3, 0x3555],
      // Halfway between two numbers the even one counts.
      [2049, 0x6800],
      [2051, 0x6802],
    ];
    for (const [value, bits] of cases) expect(halfBits(value)).toBe(bits);
    expect([...halfNumbers(Uint16Array.of(0x3c00, 0xc000, 0x7c00))]).toEqual([1, -2, Infinity]);
  });
});
