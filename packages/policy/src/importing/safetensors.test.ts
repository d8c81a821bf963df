import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safetensorsFile, safetensorsOf } from '../testing/safetensors.ts';
import { numbersOf, parseSafetensors } from './safetensors.ts';

const bytesOf = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** A file with one tensor `a` of two F32, whose entry is changed. */
const changed = (entry: object, data = new Uint8Array(8)): Uint8Array =>
  safetensorsOf(JSON.stringify({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...entry } }), data);

describe('parseSafetensors', () => {
  it('reads back every tensor, its shape and the metadata', () => {
    const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
    const tensor = shape.chain((sizes) => {
      const size = sizes.reduce((product, each) => product * each, 1);
      return fc
        .array(fc.float({ noNaN: true }), { minLength: size, maxLength: size })
        .map((values) => ({ shape: sizes, data: Float32Array.from(values) }));
    });
    const name = fc.string({ minLength: 1 }).filter((each) => each !== '__metadata__' && each !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(name, tensor, { maxKeys: 5 }), fc.string(), (tensors, note) => {
        const read = parseSafetensors(safetensorsFile(tensors, { note }), 'a file');
        expect(read.metadata).toEqual({ note });
        expect([...read.tensors.keys()].sort()).toEqual(Object.keys(tensors).sort());
        for (const [each, { shape, data }] of Object.entries(tensors)) {
          const got = read.tensors.get(each)!;
          expect(got.shape).toEqual(shape);
          expect([...numbersOf(got)]).toEqual([...data]);
        }
      }),
    );
  });

  it('refuses bytes that are no safetensors file with an InputError, and never another one', () => {
    const valid = safetensorsFile({ a: { shape: [2], data: Float32Array.of(1, 2) } });
    const damaged = fc
      .tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(valid.length))
      .map(([at, byte, length]) => {
        const bytes = valid.slice(0, length);
        if (at < bytes.length) bytes[at] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 64 })), (bytes) => {
        try {
          const { tensors } = parseSafetensors(bytes, 'a file');
          for (const tensor of tensors.values()) expect(numbersOf(tensor)).toHaveLength(tensor.size);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).toMatch(/^a file: /);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['is too short', bytesOf(1, 2), /2 bytes, expected a safetensors file/],
    ['declares a header beyond its end', bytesOf(200, 0, 0, 0, 0, 0, 0, 0, 123), /its header has 200 bytes of 1/],
    ['declares a huge header', bytesOf(0, 0, 0, 0, 0, 0, 0, 255, 123), /its header has 18374686479671623680 bytes/],
    ['has a header that is not JSON', safetensorsOf('{a', bytesOf()), /its header is not JSON/],
    ['has a header that is a list', safetensorsOf('[1]', bytesOf()), /its header is no object/],
    [
      'has metadata that are no texts',
      safetensorsOf('{"__metadata__":{"a":1}}', bytesOf()),
      /__metadata__ is not a map/,
    ],
    ['has a tensor without a shape', changed({ shape: undefined }), /tensor a is not described by dtype/],
    ['has a negative size', changed({ shape: [-2] }), /tensor a is not described by dtype/],
    ['has an unknown type', changed({ dtype: 'F8_E4M3' }), /tensor a is F8_E4M3, expected one of U8, I32/],
    [
      'has a tensor of another size',
      changed({ shape: [3] }),
      /tensor a has the bytes 0 to 8, expected 12 bytes for F32 \[3\]/,
    ],
    [
      'has a tensor beyond its end',
      changed({ shape: [4], data_offsets: [0, 16] }),
      /the bytes 0 to 16, expected .* within 8/,
    ],
    ['has bytes that no tensor has', changed({}, new Uint8Array(9)), /its tensors end at byte 8 of 9/],
    ['has a gap', changed({ data_offsets: [4, 12] }, new Uint8Array(12)), /tensor a begins at byte 4, expected 0/],
  ])('refuses a file that %s', (_, bytes, line) => {
    expect(() => parseSafetensors(bytes, 'stats.safetensors')).toThrow(InputError);
    expect(() => parseSafetensors(bytes, 'stats.safetensors')).toThrow(line);
  });

  it('refuses two tensors with the same bytes', () => {
    const entry = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
    const bytes = safetensorsOf(JSON.stringify({ a: entry, b: entry }), new Uint8Array(4));
    expect(() => parseSafetensors(bytes, 'x')).toThrow('x: tensor b begins at byte 0, expected 4');
  });
});

describe('numbersOf', () => {
  const only = (dtype: string, bytes: Uint8Array): number => {
    const header = JSON.stringify({ a: { dtype, shape: [], data_offsets: [0, bytes.length] } });
    return numbersOf(parseSafetensors(safetensorsOf(header, bytes), 'x').tensors.get('a')!)[0];
  };

  it.each([
    ['U8', bytesOf(200), 200],
    ['I32', bytesOf(0xfe, 0xff, 0xff, 0xff), -2],
    ['I64', bytesOf(0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), -3],
    ['F16', bytesOf(0x00, 0x3e), 1.5],
    ['F16', bytesOf(0x01, 0x80), -(2 ** -24)],
    ['F16', bytesOf(0x00, 0xfc), Number.NEGATIVE_INFINITY],
    ['BF16', bytesOf(0xc0, 0xbf), -1.5],
    ['F32', bytesOf(0, 0, 0xc0, 0x3f), 1.5],
    ['F64', bytesOf(0, 0, 0, 0, 0, 0, 0xf8, 0xbf), -1.5],
  ])('decodes %s %s', (dtype, bytes, value) => {
    expect(only(dtype, bytes)).toBe(value);
  });

  it('reads elements that do not begin at a multiple of their size', () => {
    const header = JSON.stringify({
      a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] },
      b: { dtype: 'F32', shape: [1], data_offsets: [1, 5] },
    });
    const bytes = safetensorsOf(header, bytesOf(7, 0, 0, 0xc0, 0x3f));
    expect([...numbersOf(parseSafetensors(bytes, 'x').tensors.get('b')!)]).toEqual([1.5]);
  });
});
