import { describe, expect, it } from 'vitest';
import { encodeJpeg } from '../jpeg/encode-jpeg.ts';
import { bytesSource } from '../mcap/byte-source.ts';
import { MotionJpegReader } from './motion-jpeg-reader.ts';
import { MotionJpegWriter } from './motion-jpeg-writer.ts';

const SIDE = 32;
/** Noise of a seed as JPEG: pictures of a few kB, so that a film has several chunks. */
const picture = (seed: number, side = SIDE): Uint8Array => {
  const data = Uint8Array.from(
    { length: 3 * side * side },
    (_, i) => (Math.imul(i + 7 * seed, 2654435761) >>> 13) & 255,
  );
  return encodeJpeg({ width: side, height: side, data }, 95);
};

function film(pictures: readonly Uint8Array[], side = SIDE): Uint8Array {
  const parts: Uint8Array[] = [];
  const writer = new MotionJpegWriter(
    { write: (bytes) => parts.push(bytes.slice()) },
    { width: side, height: side, fps: 30 },
  );
  for (const each of pictures) writer.addPicture(each);
  writer.finish();
  return Buffer.concat(parts);
}

describe('the pictures of an MP4 file', () => {
  it('are read in any order with the bytes that were written, over several chunks', async () => {
    const large = 256;
    const pictures = Array.from({ length: 40 }, (_, i) => picture(i, large));
    const bytes = film(pictures, large);
    expect(bytes.length).toBeGreaterThan(2 * 1024 ** 2);
    const reader = await MotionJpegReader.open(bytesSource('film.mp4', bytes));
    expect(reader.pictureCount).toBe(40);
    for (const i of [39, 0, 17, 18]) expect(Buffer.from(await reader.read(i)).equals(pictures[i])).toBe(true);
    await expect(reader.read(40)).rejects.toThrow('film.mp4: picture 40, expected one of 40 in the file');
  });

  it('are refused with the name of the file when it is cut off or has another codec', async () => {
    const bytes = film([picture(1), picture(2)]);
    const cut = bytesSource('cut.mp4', bytes.subarray(0, bytes.length - 9));
    await expect(MotionJpegReader.open(cut)).rejects.toThrow('cut.mp4: no index, or cut off, expected an MP4 file');
    const other = bytes.slice();
    const start = other.findIndex((byte, i) => byte === 0xff && other[i + 1] === 0xd8);
    other[start] = 0;
    const reader = await MotionJpegReader.open(bytesSource('av1.mp4', other));
    await expect(reader.read(0)).rejects.toThrow('av1.mp4: picture 0 is no JPEG, expected Motion JPEG');
    expect(await reader.read(1)).toHaveLength(picture(2).length);
  });
});
