import { expect, it } from 'vitest';
import { resizeWithBorders } from './resize.ts';

const [HEIGHT, WIDTH] = [5, 7];
const image = {
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: HEIGHT * WIDTH * 3 }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % WIDTH, Math.floor(i / (3 * WIDTH)), i % 3];
    return (37 * x + 11 * y + 53 * c) % 256;
  }),
};

/** `resize_with_pad(image, 4, 4)` of openpi-client 0.1.2, by Pillow. */
const SMALL = [
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...[30, 83, 136, 88, 141, 194, 156, 195, 120, 214, 103, 68],
  ...[52, 105, 158, 110, 163, 193, 178, 182, 77, 193, 50, 86],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
];
/** The first two rows of `resize_with_pad(image, 8, 12)`. */
const LARGE = [
  ...[0, 53, 106, 17, 70, 123, 40, 93, 146, 64, 117, 170, 87, 140, 193, 111, 164, 217],
  ...[135, 188, 241, 158, 211, 194, 182, 235, 55, 205, 119, 55, 222, 19, 72, 0, 0, 0],
  ...[5, 58, 111, 22, 75, 128, 45, 98, 151, 69, 122, 175, 92, 145, 198, 116, 169, 222],
  ...[140, 193, 175, 163, 216, 117, 187, 240, 50, 210, 124, 60, 227, 24, 77, 0, 0, 0],
];

/** Largest difference of two pixels; Pillow rounds its weights. */
const difference = (a: ArrayLike<number>, b: readonly number[]): number =>
  Math.max(...b.map((each, i) => Math.abs(each - a[i])));

it("an image that shrinks or grows has the pixels and the black borders of openpi's", () => {
  const small = resizeWithBorders(image, 4, 4);
  expect([small.width, small.height, small.data.length]).toEqual([4, 4, SMALL.length]);
  expect(difference(small.data, SMALL)).toBeLessThanOrEqual(1);
  const large = resizeWithBorders(image, 8, 12);
  expect([large.width, large.height]).toEqual([12, 8]);
  expect(difference(large.data, LARGE)).toBeLessThanOrEqual(1);
});

it('an image of the right size is handed on', () => {
  expect(resizeWithBorders(image, HEIGHT, WIDTH)).toBe(image);
});
