import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cborOf } from './cbor.ts';

const hex = (value: unknown): string => Buffer.from(cborOf(value)).toString('hex');

describe('cborOf', () => {
  // Examples of RFC 8949, appendix A.
  it.each([
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [1000, '1903e8'],
    [1_000_000, '1a000f4240'],
    [1_000_000_000_000, '1b000000e8d4a51000'],
    [-1, '20'],
    [-1000, '3903e7'],
    [1.1, 'fb3ff199999999999a'],
    [Number.NaN, 'fb7ff8000000000000'],
    [Number.NEGATIVE_INFINITY, 'fbfff0000000000000'],
    [false, 'f4'],
    [true, 'f5'],
    [null, 'f6'],
    [Uint8Array.of(1, 2, 3, 4), '4401020304'],
    ['ü', '62c3bc'],
    [[1, [2, 3]], '8201820203'],
    [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
  ])('encodes %o as %s', (value, bytes) => {
    expect(hex(value)).toBe(bytes);
  });

  it('encodes arrays of numbers with the tags of RFC 8746', () => {
    expect(hex(Float64Array.of(1))).toBe('d85648000000000000f03f');
    expect(hex(Float32Array.of(1))).toBe('d855440000803f');
    expect(hex(Uint16Array.of(258))).toBe('d845420201');
    expect(hex(Int8Array.of(-1))).toBe('d84841ff');
    expect(hex(2n ** 64n - 1n)).toBe('1bffffffffffffffff');
  });

  it('encodes any JSON, of any size', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => cborOf(json).length > 0));
    expect(cborOf('x'.repeat(100_000)).length).toBe(100_005);
  });
});
