import type { ImageFrame } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Image } from '../messages/messages.ts';
import { MessageError } from '../messages/messages.ts';
import { imageFrameOf, imageOf } from './image.ts';

const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: 'camera' };

const frames: fc.Arbitrary<ImageFrame> = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) => {
    const size = width * height * 3;
    return fc.uint8Array({ minLength: size, maxLength: size }).map((data) => ({ width, height, data }));
  });

/** The image as another camera driver would send it: another byte order and padded rows. */
function encoded(
  { width, height, data }: ImageFrame,
  encoding: string,
  order: readonly number[],
  padding: number,
): Image {
  const step = width * order.length + padding;
  const bytes = new Uint8Array(step * height).fill(0xee);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      order.forEach((channel, i) => {
        bytes[y * step + x * order.length + i] = channel < 3 ? data[(y * width + x) * 3 + channel] : 255;
      });
    }
  }
  return { header, width, height, encoding, is_bigendian: 0, step, data: bytes };
}

describe('imageFrameOf', () => {
  it('returns the same image for every byte order and padding', () => {
    const orders = fc.constantFrom(
      ['rgb8', [0, 1, 2]] as const,
      ['bgr8', [2, 1, 0]] as const,
      ['rgba8', [0, 1, 2, 3]] as const,
      ['bgra8', [2, 1, 0, 3]] as const,
    );
    fc.assert(
      fc.property(frames, orders, fc.nat(5), (frame, [encoding, order], padding) => {
        expect(imageFrameOf(encoded(frame, encoding, order, padding))).toEqual(frame);
      }),
    );
  });

  it('converts mono8 to grey', () => {
    const image = {
      header,
      width: 2,
      height: 1,
      encoding: 'mono8',
      is_bigendian: 0,
      step: 2,
      data: Uint8Array.of(7, 9),
    };
    expect(imageFrameOf(image).data).toEqual(Uint8Array.of(7, 7, 7, 9, 9, 9));
  });

  it('returns rgb8 without padding as a view', () => {
    const frame = { width: 1, height: 1, data: Uint8Array.of(1, 2, 3) };
    expect(imageFrameOf(imageOf(frame, header)).data).toBe(frame.data);
  });

  it.each([
    [{ encoding: '16UC1' }, 'image: encoding "16UC1", expected one of rgb8, bgr8, rgba8, bgra8, mono8'],
    [{ encoding: 'toString' }, 'image: encoding "toString", expected one of'],
    [{ step: 5 }, 'image: step 5, expected at least 6: 2 pixels of rgb8'],
    [{ height: 3 }, 'image: 12 bytes, expected 18: 3 rows of 6'],
    [{ data: new Uint8Array(11) }, 'image: 11 bytes, expected 12: 2 rows of 6'],
    [{ width: 0 }, 'image: 0 x 2 pixels, expected some'],
  ])('refuses %o', (wrong, message) => {
    const image = imageOf({ width: 2, height: 2, data: new Uint8Array(12) }, header);
    expect(() => imageFrameOf({ ...image, ...wrong })).toThrow(MessageError);
    expect(() => imageFrameOf({ ...image, ...wrong })).toThrow(message);
  });
});
