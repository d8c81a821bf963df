import { InputError } from '@praxis/core';
import { array, assert, constantFrom, integer, property, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompressBlock } from './block.ts';
import { decompressLz4 } from './frame.ts';
import { xxHash32 } from './xxhash32.ts';

const utf8 = new TextEncoder();

/** The bytes of what the four bits of a token do not hold of a length. */
const restOf = (length: number): readonly number[] =>
  length < 15 ? [] : [...new Array<number>(Math.floor((length - 15) / 255)).fill(255), (length - 15) % 255];

describe('LZ4 frames', () => {
  it('xxHash32 has the values of its specification', () => {
    expect(xxHash32(new Uint8Array(0))).toBe(0x02cc5d05);
    expect(xxHash32(utf8.encode('a'))).toBe(0x550d7456);
    expect(xxHash32(utf8.encode('Nobody inspects the spammish repetition'))).toBe(0xe2293b2f);
  });

  it('every sequence of literals and matches decompresses to what it says', () => {
    const sequence = tuple(
      uint8Array({ minLength: 1, maxLength: 40 }),
      integer({ min: 1, max: 200 }),
      integer({ min: 4, max: 400 }),
    );
    assert(
      property(array(sequence, { minLength: 1, maxLength: 12 }), (sequences) => {
        const block: number[] = [];
        const content: number[] = [];
        for (const [literals, back, length] of sequences) {
          content.push(...literals);
          const offset = Math.min(back, content.length);
          block.push((Math.min(literals.length, 15) << 4) | Math.min(length - 4, 15));
          block.push(...restOf(literals.length), ...literals, offset, 0, ...restOf(length - 4));
          for (let i = 0; i < length; i++) content.push(content[content.length - offset]);
        }
        block.push(1 << 4, 0);
        content.push(0);
        const out = new Uint8Array(content.length);
        expect(decompressBlock(Uint8Array.from(block), 0, block.length, out, 0)).toBe(content.length);
        expect([...out]).toEqual(content);
      }),
      { numRuns: 60 },
    );
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

  it.each([
    // printf '' | lz4
    ['no content', 'BCJNGGRApwAAAAAFXcwC', ''],
    // printf 'what no match is in' | lz4 -BX --no-frame-crc
    ['a stored block with a checksum', 'BCJNGHBArRMAAIB3aGF0IG5vIG1hdGNoIGlzIGluJSYWGAAAAAA=', 'what no match is in'],
  ])('decompresses a frame of the lz4 command with %s', (_, frame, content) => {
    expect(decompressLz4(Buffer.from(frame, 'base64'), content.length)).toEqual(new Uint8Array(Buffer.from(content)));
  });

  it('a damaged frame is an InputError or another content, never a crash', () => {
    const content = utf8.encode('force and torque, force and torque, force and torque, 3 N');
    // The content by lz4 --content-size --no-frame-crc
    const frame = Buffer.from('BCJNGGhAOQAAAAAAAADwHQAAAP8DZm9yY2UgYW5kIHRvcnF1ZSwgEgAPUCwgMyBOAAAAAA==', 'base64');
    assert(
      property(integer({ min: 0, max: frame.length - 1 }), integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(frame);
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
