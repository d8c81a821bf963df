import { PolicyError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage, type WireRecord } from './message.ts';
import { NdArray } from './nd-array.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** `msgpack_numpy.packb({"state": np.array([[1.5, -2]], dtype=np.float32), "n": 3, "prompt": "pick"})` of openpi-client 0.1.2. */
const FROM_PYTHON = hex(
  '83a5737461746584c40b5f5f6e6461727261795f5fc3c40464617461c4080000c03f000000c0c4056474797065a33c6634c4057368617065920102a16e03a670726f6d7074a47069636b',
);
/** `msgpack_numpy.packb({"server_timing": {"infer_ms": 2.5}, "g": np.float64(0.25), "b": np.array([True, False])})`, with a scalar as a number. */
const TIMING = hex(
  '83ad7365727665725f74696d696e6781a8696e6665725f6d73cb4004000000000000a167cb3fd0000000000000a16284c40b5f5f6e6461727261795f5fc3c40464617461c4020100c4056474797065a37c6231c40573686170659102',
);
const SAMPLE: WireRecord = { state: new NdArray([1, 2], Float32Array.of(1.5, -2)), n: 3, prompt: 'pick' };

/** A message with one array, whose parts a test replaces. */
const withArray = (dtype: string, shape: readonly number[], size: number): Uint8Array =>
  Uint8Array.from([
    ...[0x81, 0xa1, 0x61, 0x84],
    ...[0xc4, 11, ...Buffer.from('__ndarray__'), 0xc3],
    ...[0xc4, 4, ...Buffer.from('data'), 0xc4, size, ...new Array<number>(size).fill(0)],
    ...[0xc4, 5, ...Buffer.from('dtype'), 0xa0 | dtype.length, ...Buffer.from(dtype)],
    ...[0xc4, 5, ...Buffer.from('shape'), 0x90 | shape.length, ...shape],
  ]);

describe('a message', () => {
  it("has the bytes of openpi's msgpack_numpy", () => {
    expect(Buffer.from(encodeMessage(SAMPLE)).toString('hex')).toBe(Buffer.from(FROM_PYTHON).toString('hex'));
  });

  it("of openpi's is read", () => {
    const { state, n, prompt } = decodeMessage(FROM_PYTHON);
    expect(state).toEqual(new NdArray([1, 2], Float32Array.of(1.5, -2)));
    expect([n, prompt]).toEqual([3, 'pick']);
    const timing = decodeMessage(TIMING);
    expect(timing.server_timing).toEqual({ infer_ms: 2.5 });
    expect(timing.g).toBe(0.25);
    expect(timing.b).toEqual(new NdArray([2], Uint8Array.of(1, 0), '|b1'));
  });

  it('keeps every bit of numbers, also of zero below and of infinity', () => {
    const values = Float64Array.of(-0, 1 / 3, Number.MIN_VALUE, Number.NEGATIVE_INFINITY, Number.NaN);
    const { a, b } = decodeMessage(
      encodeMessage({ a: new NdArray([5], values), b: [-0.1, Number.POSITIVE_INFINITY, null] }),
    );
    expect((a as NdArray).bytes).toEqual(new Uint8Array(values.buffer));
    expect(b).toEqual([-0.1, Number.POSITIVE_INFINITY, null]);
  });

  it('may have many keys and long lists', () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`k${i}`, Array.from({ length: i }, () => 1)]),
    );
    expect(decodeMessage(encodeMessage(many))).toEqual(many);
  });

  it.each([
    ['objects', '|O', [1], 8, 'array of dtype |O: expected one of'],
    ['texts', '<U4', [1], 16, 'array of dtype <U4: expected'],
    ['records', '|V2', [1], 2, 'array of dtype |V2: expected'],
    ['big-endian numbers', '>f8', [1], 8, 'array of dtype >f8: expected'],
    ['a name of the language', 'constructor', [1], 8, 'array of dtype constructor: expected'],
    ['too few bytes', '<f8', [3], 16, 'shape [3]: 16 bytes, expected 24'],
    ['too many bytes', '|u1', [1], 16, 'shape [1]: 16 bytes, expected 1'],
    ['a huge shape', '<f8', [127, 127, 127], 16, '16 bytes, expected 16387064'],
    ['a negative size', '<f8', [0xff], 8, 'its shape is no list'],
  ])('with an array of %s is refused', (_, dtype, shape, size, message) => {
    expect(() => decodeMessage(withArray(dtype, shape, size))).toThrow(message);
  });

  it.each([
    ['a length beyond its end', bytes(0x81, 0xa1, 0x61, 0xc6, 0xff, 0xff, 0xff, 0xff), 'declares 4294967295 more'],
    [
      'a list of four thousand million',
      bytes(0x81, 0xa1, 0x61, 0xdd, 0xff, 0xff, 0xff, 0xff),
      'declares 4294967295 more',
    ],
    ['a map of four thousand million', bytes(0xdf, 0xff, 0xff, 0xff, 0xff), 'declares 8589934590 more'],
    ['lists in lists without end', new Uint8Array(1000).fill(0x91), 'nested deeper than 16 levels'],
    ['an extension type', bytes(0x81, 0xa1, 0x61, 0xd4, 1, 0), 'extension type'],
    ['bytes after its end', bytes(0x80, 0x80), 'it ends after 1'],
    ['no bytes', bytes(), 'declares 1 more, 0 are left'],
    ['no map', bytes(0x93, 1, 2, 3), 'expected a map, got a list of 3'],
    ['a key __proto__', bytes(0x81, 0xc4, 9, ...Buffer.from('__proto__'), 0x80), '__proto__'],
  ])('with %s is refused', (_, message, expected) => {
    expect(() => decodeMessage(message)).toThrow(expected);
    expect(() => decodeMessage(message)).toThrow(PolicyError);
  });

  it('that is cut off anywhere is refused', () => {
    for (let end = 0; end < FROM_PYTHON.length; end++)
      expect(() => decodeMessage(FROM_PYTHON.subarray(0, end))).toThrow(PolicyError);
  });

  it('with any byte changed is read or refused in one line', () => {
    for (let at = 0; at < FROM_PYTHON.length; at++) {
      for (const value of [0x00, 0x7f, 0x80, 0x9f, 0xc1, 0xc4, 0xd9, 0xdf, 0xff]) {
        const changed = FROM_PYTHON.slice();
        changed[at] = value;
        try {
          decodeMessage(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyError);
          expect((error as Error).message).not.toContain('\n');
        }
      }
    }
  });
});
