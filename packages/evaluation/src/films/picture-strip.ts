import type { ImageFrame } from '@praxis/core';
import { captionPicture } from './caption.ts';

/** Pixels between two pictures, and height of the line of text below them. */
const GAP_PIXELS = 4;
const CAPTION_PIXELS = 28;

/**
 * Puts pictures beside each other, from left to right, over a line of text.
 * @param pictures at least one, all of the same size
 */
export function pictureStrip(pictures: readonly ImageFrame[], caption: string): ImageFrame {
  const { width: each, height: high } = pictures[0];
  const width = pictures.length * (each + GAP_PIXELS) - GAP_PIXELS;
  const height = high + CAPTION_PIXELS;
  const data = new Uint8Array(3 * width * height).fill(255);
  for (const [i, picture] of pictures.entries()) {
    for (let y = 0; y < high; y++) {
      const row = picture.data.subarray(3 * y * each, 3 * (y + 1) * each);
      data.set(row, 3 * (y * width + i * (each + GAP_PIXELS)));
    }
  }
  data.set(captionPicture(caption, { width, height: CAPTION_PIXELS }), 3 * width * high);
  return { width, height, data };
}

/** Places of `count` items spread evenly over a list of `length`, with its first and last one. @param count at least 2 */
export const spreadOver = (length: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)));
