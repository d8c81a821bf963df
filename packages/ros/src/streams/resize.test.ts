import { describe, expect, it } from 'vitest';
import { cropAndResize } from './resize.ts';

describe('cropAndResize', () => {
  it('returns an image of the requested size unchanged', () => {
    const image = { width: 2, height: 1, data: new Uint8Array(6) };
    expect(cropAndResize(image, 2, 1)).toBe(image);
  });

  it('crops the middle and averages the covered pixels', () => {
    const data = new Uint8Array(4 * 2 * 3);
    for (let y = 0; y < 2; y++) for (let x = 1; x < 3; x++) data[3 * (4 * y + x)] = 100 * y + 10 * x;
    // The middle 2 x 2 of 4 x 2: (10 + 20 + 110 + 120) / 4.
    expect([...cropAndResize({ width: 4, height: 2, data }, 1, 1).data]).toEqual([65, 0, 0]);
  });

  it('keeps the colour of a uniform image at every size', () => {
    const image = { width: 7, height: 5, data: new Uint8Array(7 * 5 * 3).fill(42) };
    for (const size of [1, 2, 3, 8]) expect(new Set(cropAndResize(image, size, size).data)).toEqual(new Set([42]));
  });
});
