import { InputError } from '@praxis/core';
import { encodeJpeg } from '@praxis/wire/bridge';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

/** A smooth picture, which JPEG keeps closely at any size. */
function picture(width: number, height: number) {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = [128 + 100 * Math.sin(x / 20), 128 + 100 * Math.cos(y / 15), 60 + ((x + y) % 128)];
      data.set(pixel, 3 * (y * width + x));
    }
  }
  return { width, height, data };
}

const meanError = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;

describe('encodeJpeg', () => {
  it('writes files that an independent decoder reads, of any size', async () => {
    const size = fc.integer({ min: 1, max: 70 });
    await fc.assert(
      fc.asyncProperty(size, size, async (width, height) => {
        const image = picture(width, height);
        const { data, info } = await sharp(encodeJpeg(image)).raw().toBuffer({ resolveWithObject: true });
        expect([info.width, info.height, info.channels]).toEqual([width, height, 3]);
        expect(meanError(data, image.data)).toBeLessThan(6);
      }),
      { numRuns: 25 },
    );
  });

  it('survives noise and extreme colours, which need the longest codes', async () => {
    const noise = fc.uint8Array({ minLength: 3 * 24 * 24, maxLength: 3 * 24 * 24 });
    const extremes = noise.map((data) => data.map((value) => (value < 128 ? 0 : 255)));
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, extremes), fc.integer({ min: 1, max: 100 }), async (data, quality) => {
        const jpeg = encodeJpeg({ width: 24, height: 24, data }, quality);
        const { info } = await sharp(jpeg, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
        expect([info.width, info.height]).toEqual([24, 24]);
      }),
      { numRuns: 25 },
    );
  });

  it('is smaller and coarser at a lower quality', async () => {
    const image = picture(64, 48);
    const [fine, coarse] = [encodeJpeg(image, 95), encodeJpeg(image, 20)];
    expect(coarse.length).toBeLessThan(fine.length);
    const errorOf = async (jpeg: Uint8Array) => meanError(await sharp(jpeg).raw().toBuffer(), image.data);
    expect(await errorOf(fine)).toBeLessThan(await errorOf(coarse));
  });

  it('refuses what is no image', () => {
    const data = new Uint8Array(12);
    expect(() => encodeJpeg({ width: 0, height: 2, data })).toThrow(InputError);
    expect(() => encodeJpeg({ width: 2, height: 3, data })).toThrow('12 bytes, expected 18');
    expect(() => encodeJpeg({ width: 2, height: 2, data }, 0)).toThrow('quality 0');
  });
});
