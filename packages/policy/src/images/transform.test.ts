import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pixels } from './resampler.ts';
import { ImageTransform, type Resize } from './transform.ts';

const [HEIGHT, WIDTH] = [9, 13];
const image: Pixels = {
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: 3 * HEIGHT * WIDTH }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % WIDTH, Math.floor(i / (3 * WIDTH)), i % 3];
    return (37 * x + 11 * y * y + 53 * c + 7 * x * y) % 256;
  }),
};

/**
 * What Pillow 12.3, OpenCV 4.13 and PyTorch 2.11 (`interpolate` of floats, `align_corners=False`) make of {@link image}: all of 3 x 4 pixels, and
 * the first row of 10 x 15.
 */
const cases = JSON.parse(readFileSync(new URL('./resize-cases.json', import.meta.url), 'utf8')) as Record<
  'small' | 'large',
  Record<string, readonly number[]>
>;

const OPTIONS: Readonly<Record<string, Partial<Resize>>> = {
  'pillow bilinear': { interpolation: 'bilinear' },
  'pillow bicubic': { interpolation: 'bicubic' },
  'pillow nearest': { interpolation: 'nearest' },
  'opencv bilinear': { interpolation: 'bilinear', antialias: false },
  'opencv bicubic': { interpolation: 'bicubic', antialias: false },
  'opencv area': { interpolation: 'area' },
  'torch bilinear antialias': { interpolation: 'bilinear', rounded: false },
  'torch bicubic antialias': { interpolation: 'bicubic', rounded: false },
  'torch bilinear': { interpolation: 'bilinear', antialias: false, rounded: false },
  'torch bicubic': { interpolation: 'bicubic', antialias: false, rounded: false },
};

const resize = (height: number, width: number, change: Partial<Resize> = {}): Resize => ({
  ...{ type: 'resize', height, width, fit: 'stretch', interpolation: 'bilinear', antialias: true, rounded: true },
  ...change,
});
const transformed = (given: Pixels, ...steps: ConstructorParameters<typeof ImageTransform>[1]): Pixels =>
  new ImageTransform('image', steps).apply(given);

/** Whole levels differ by one where the others round their weights; floats by their last bits. */
const toleranceOf = (name: string): number => (name.startsWith('torch') ? 2e-3 : 1);

describe('ImageTransform', () => {
  it.each(Object.entries(cases).flatMap(([size, all]) => Object.entries(all).map((each) => [size, ...each] as const)))(
    'scales to %s as %s does',
    (size, name, expected) => {
      const [height, width] = size === 'small' ? [3, 4] : [10, 15];
      const { data } = transformed(image, resize(height, width, OPTIONS[name]));
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - data[i])));
      expect(worst).toBeLessThanOrEqual(toleranceOf(name));
    },
  );

  it('keeps one grey as it is, whatever the sizes and the filter', () => {
    const size = fc.integer({ min: 1, max: 24 });
    const filter = fc.record({
      interpolation: fc.constantFrom('nearest', 'bilinear', 'bicubic', 'area'),
      antialias: fc.boolean(),
      rounded: fc.boolean(),
      fit: fc.constantFrom('stretch', 'cover'),
    } as const);
    fc.assert(
      fc.property(size, size, size, size, filter, fc.integer({ min: 0, max: 255 }), (w, h, toW, toH, options, grey) => {
        const given = { width: w, height: h, data: new Uint8Array(3 * w * h).fill(grey) };
        const { width, height, data } = transformed(given, resize(toH, toW, options));
        expect([width, height, data.length]).toEqual([toW, toH, 3 * toW * toH]);
        for (const level of data) expect(Math.abs(level - grey)).toBeLessThan(1e-4);
      }),
    );
  });

  it('stays within the levels of the image with every filter but the cubic', () => {
    const pixels = fc.uint8Array({ minLength: 3 * 30, maxLength: 3 * 30 });
    const interpolation = fc.constantFrom('nearest', 'bilinear', 'area' as const);
    fc.assert(
      fc.property(pixels, interpolation, fc.boolean(), (data, each, antialias) => {
        const options = { interpolation: each, antialias, rounded: false };
        const result = transformed({ width: 6, height: 5, data }, resize(4, 9, options));
        for (const level of result.data) {
          expect(level).toBeGreaterThanOrEqual(Math.min(...data) - 1e-4);
          expect(level).toBeLessThanOrEqual(Math.max(...data) + 1e-4);
        }
      }),
    );
  });

  it('cuts the middle, or the part that is named', () => {
    const red = ({ data }: Pixels): number[] => [...data].filter((_, i) => i % 3 === 0);
    const [top, left] = [(HEIGHT - 2) / 2, (WIDTH - 2) / 2].map(Math.floor);
    const at = (y: number, x: number): number => image.data[3 * (y * WIDTH + x)];
    const middle = transformed(image, { type: 'crop', height: 2, width: 2 });
    expect(red(middle)).toEqual([at(top, left), at(top, left + 1), at(top + 1, left), at(top + 1, left + 1)]);
    const corner = transformed(image, { type: 'crop', height: 1, width: 2, top: 0, left: 11 });
    expect(red(corner)).toEqual([at(0, 11), at(0, 12)]);
    expect(() => transformed(image, { type: 'crop', height: 10, width: 2 })).toThrow(
      'image: an image is 13 x 9, expected one with a part of 2 x 10',
    );
  });

  it('keeps proportions with cover and contain', () => {
    const half = { width: 8, height: 2, data: new Uint8Array(48).fill(200) };
    const contained = transformed(half, resize(4, 4, { fit: 'contain' }));
    // 8 x 2 becomes 4 x 1, between rows of black.
    expect(
      [...contained.data].map((level, i) => (i % 12 === 0 ? level : undefined)).filter((level) => level !== undefined),
    ).toEqual([0, 200, 0, 0]);
    const stripes = { width: 8, height: 2, data: Uint8Array.from({ length: 48 }, (_, i) => Math.floor(i / 3) % 8) };
    const covered = transformed(stripes, resize(2, 2, { fit: 'cover', interpolation: 'nearest' }));
    expect([...covered.data]).toEqual([3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4]);
  });

  it('follows a camera that changes its size, and hands on an image that needs nothing', () => {
    const transform = new ImageTransform('image', [resize(2, 2)]);
    const first = [...transform.apply(image).data];
    const other = { width: 2, height: 2, data: Uint8Array.from({ length: 12 }, (_, i) => i) };
    expect(transform.apply(other)).toBe(other);
    expect([...transform.apply(image).data]).toEqual(first);
  });
});
