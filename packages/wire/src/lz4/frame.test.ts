import { InputError } from '@praxis/core';
import { array, assert, constantFrom, integer, property, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressLz4, decompressLz4 } from './frame.ts';
import { xxHash32 } from './xxhash32.ts';

const utf8 = new TextEncoder();

describe('LZ4 frames', () => {
  it('xxHash32 has the values of its specification', () => {
    expect(xxHash32(new Uint8Array(0))).toBe(0x02cc5d05);
    expect(xxHash32(utf8.encode('a'))).toBe(0x550d7456);
    expect(xxHash32(utf8.encode('Nobody inspects the spammish repetition'))).toBe(0xe2293b2f);
  });

  it('every content comes back, with long and short repetitions', () => {
    const piece = tuple(uint8Array({ maxLength: 40 }), integer({ min: 1, max: 400 }));
    assert(
      property(array(piece, { maxLength: 12 }), (pieces) => {
        const content = Uint8Array.from(
          pieces.flatMap(([bytes, times]) => Array.from({ length: times }, () => [...bytes]).flat()),
        );
        expect(Buffer.compare(decompressLz4(compressLz4(content), content.length), content)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('a content of several blocks comes back', () => {
    const content = new Uint8Array(4_300_001).map((_, i) => (i * i) >> 9);
    const frame = compressLz4(content);
    expect(frame.length).toBeLessThan(content.length);
    expect(Buffer.compare(decompressLz4(frame, content.length), content)).toBe(0);
  });

  it('decompresses a frame of the lz4 command with linked blocks and a checksum', () => {
    // printf 'praxis %.0s' {1..20000} | lz4 -B4 -BD --content-size
    const frame = Buffer.from(
      [
        'BCJNGExA4CICAAAAAAD9EQEAAH9wcmF4aXMgBwD/////////////////////////////////////////////////////////////',
        '////////////////////////////////////////////////////////////////////////////////////////////////////',
        '////////////////////////////////////////////////////////////////////////////////////////////////////',
        '////////////////////////////////////////////////////////////////////////////////4VBpcyBwcgoBAAAP/v//',
        '////////////////////////////////////////////////////////////////////////////////////////////////////',
        '////////////////////////////////////////////////////////////////////////////////////////////////////',
        '////////////////////////////////////////////////////////////////////////////////////////////////////',
        '////////////////////////////////////////6FAgcHJheDMAAAB/aXMgcHJheAcA////////////////////////////////',
        '/////////////+NQYXhpcyAAAAAA5b2h2w==',
      ].join(''),
      'base64',
    );
    const content = Buffer.from('praxis '.repeat(20_000));
    expect(Buffer.compare(decompressLz4(frame, content.length), content)).toBe(0);
  });

  it('a damaged frame is an InputError or another content, never a crash', () => {
    const content = utf8.encode('force and torque, force and torque, force and torque, 3 N');
    const frame = compressLz4(content);
    assert(
      property(integer({ min: 0, max: frame.length - 1 }), integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = frame.slice();
        damaged[at] ^= change;
        try {
          expect(decompressLz4(damaged, content.length)).toHaveLength(content.length);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
    assert(
      property(integer({ min: 0, max: frame.length - 1 }), (length) => {
        expect(() => decompressLz4(frame.subarray(0, length), content.length)).toThrow(InputError);
      }),
    );
    assert(
      property(constantFrom(0, 10, 5000), (size) => void expect(() => decompressLz4(frame, size)).toThrow(InputError)),
    );
  });
});
