import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeJpeg } from '../jpeg/encode-jpeg.ts';
import { bytesSource } from '../mcap/byte-source.ts';
import { ascii, bigEndian, box, concatenate } from './boxes.ts';
import { filmDuration } from './film-duration.ts';
import { MotionJpegWriter } from './motion-jpeg-writer.ts';

function film(pictures: number, fps: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const writer = new MotionJpegWriter(
    { write: (bytes) => void parts.push(bytes.slice()) },
    { width: 8, height: 8, fps },
  );
  const jpeg = encodeJpeg({ width: 8, height: 8, data: new Uint8Array(3 * 64).fill(90) });
  for (let i = 0; i < pictures; i++) writer.addPicture(jpeg);
  writer.finish();
  return concatenate(parts);
}

const durationOf = (bytes: Uint8Array) => filmDuration(bytesSource('film.mp4', bytes));

describe('filmDuration', () => {
  it('is the number of pictures by their rate', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100 }), async (pictures, fps) => {
        expect(await durationOf(film(pictures, fps))).toBeCloseTo(pictures / fps, 9);
      }),
      { numRuns: 20 },
    );
  });

  it('reads the headers of other writers: 32 bits for times, 64 bits for sizes, and boxes that it does not know', async () => {
    const header = box('mvhd', bigEndian(4, 0, 0, 0, 600, 1500), new Uint8Array(80));
    const data = concatenate([bigEndian(4, 1), ascii('mdat'), bigEndian(8, 16 + 5), new Uint8Array(5)]);
    expect(await durationOf(concatenate([box('ftyp', ascii('mp42')), data, box('moov', box('free'), header)]))).toBe(
      2.5,
    );
  });

  it('refuses a file that is cut off at any byte, and any other bytes, in one line', async () => {
    const whole = film(20, 10);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (end) => {
        await expect(durationOf(whole.subarray(0, end))).rejects.toThrow(InputError);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        await expect(durationOf(bytes)).rejects.toThrow('film.mp4: no MP4 file with an index, or cut off');
      }),
    );
  });
});
