import { assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blur, jpegErrors } from './picture-errors.ts';

const [WIDTH, HEIGHT] = [21, 19];
const image = (level: (x: number, y: number, c: number) => number): Uint8Array =>
  Uint8Array.from({ length: 3 * WIDTH * HEIGHT }, (_, i) =>
    level(Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH), i % 3),
  );
const scene = () => image((x, y, c) => (x * 13 + y * (c === 1 ? 7 : -5) + 50 * c + 512) % 256);
/** Root mean square of the differences. */
const difference = (a: Uint8Array, b: Uint8Array): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length);

describe('a blurred picture', () => {
  it('of one colour stays as it is', () => {
    assert(
      property(tuple(integer({ min: 0, max: 255 }), integer({ min: 1, max: 2 })), ([level, pixels]) => {
        const data = image(() => level);
        blur(data, WIDTH, HEIGHT, pixels);
        expect(new Set(data)).toEqual(new Set([level]));
      }),
      { numRuns: 20 },
    );
  });

  it.each([1, 2])('spreads a line of light with a standard deviation of %d pixels', (pixels) => {
    const data = image((x) => (x === 10 ? 255 : 0));
    blur(data, WIDTH, HEIGHT, pixels);
    const row = Array.from({ length: WIDTH }, (_, x) => data[3 * (9 * WIDTH + x)]);
    const sum = row.reduce((total, value) => total + value);
    const variance = row.reduce((total, value, x) => total + value * (x - 10) ** 2, 0) / sum;
    expect(Math.sqrt(variance)).toBeCloseTo(pixels, 1);
    expect(Math.abs(sum - 255)).toBeLessThan(4);
  });
});

describe('the errors of JPEG', () => {
  it('are small at quality 100, and larger the lower the quality', () => {
    const errors = [100, 90, 70, 40, 10].map((quality) => {
      const data = scene();
      jpegErrors(data, WIDTH, HEIGHT, quality);
      return difference(data, scene());
    });
    expect(errors[0]).toBeLessThan(1.5);
    expect(errors).toEqual([...errors].sort((a, b) => a - b));
    expect(errors[3]).toBeGreaterThan(4);
  });

  it('leave a picture of one grey within a level', () => {
    for (const level of [0, 77, 128, 255]) {
      const data = image(() => level);
      jpegErrors(data, WIDTH, HEIGHT, 40);
      for (const value of data) expect(Math.abs(value - level)).toBeLessThanOrEqual(4);
    }
  });
});
