import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captionPicture } from './caption.ts';
import { pictureStrip, spreadOver } from './picture-strip.ts';

/** A drawn line as text: one character a pixel of the font. */
function drawn(text: string, width: number, scale: number): readonly string[] {
  const height = 7 * scale;
  const rgb = captionPicture(text, { width, height });
  const inked = (x: number, y: number) => rgb[3 * (y * scale * width + x * scale)] < 128;
  return Array.from({ length: 7 }, (_, y) =>
    Array.from({ length: width / scale }, (_, x) => (inked(x, y) ? '#' : '.')).join(''),
  );
}

describe('captionPicture', () => {
  it('draws letters of five by seven pixels, twice as large where they fit', () => {
    expect(drawn('T', 24, 2)).toEqual([
      '...#####....',
      '.....#......',
      '.....#......',
      '.....#......',
      '.....#......',
      '.....#......',
      '.....#......',
    ]);
    expect(drawn('TTTT', 36, 1)[0]).toBe('...#####.#####.#####.#####..........');
  });

  it('cuts what does not fit, and replaces letters that it does not have', () => {
    expect(drawn('T'.repeat(40), 60, 1)).toEqual(drawn(`${'T'.repeat(6)}...`, 60, 1));
    expect(drawn('ß', 24, 2)).toEqual(drawn('?', 24, 2));
  });
});

describe('pictureStrip', () => {
  it('puts pictures beside each other over a line of text', () => {
    const picture = (level: number) => ({ width: 40, height: 10, data: new Uint8Array(3 * 40 * 10).fill(level) });
    const { width, height, data } = pictureStrip([picture(1), picture(2), picture(3)], 'T');
    expect(width).toBeGreaterThan(3 * 40);
    expect(height).toBeGreaterThan(10 + 14);
    const row = Array.from({ length: width }, (_, x) => data[3 * (9 * width + x)]);
    for (const level of [1, 2, 3]) expect(row.filter((each) => each === level)).toHaveLength(40);
    expect([row[0], row.at(-1)]).toEqual([1, 3]);
    const below = data.subarray(3 * width * 10);
    expect([...new Set(below)].sort((a, b) => a - b)).toEqual([24, 255]);
  });

  it('is of pictures spread from the first to the last one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 24 }), fc.integer({ min: 1, max: 2000 }), (count, length) => {
        const places = spreadOver(length, count);
        expect([places.length, places[0], places.at(-1)]).toEqual([count, 0, length - 1]);
        const steps = places.slice(1).map((place, i) => place - places[i]);
        expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
