import type { ImageFrame } from '@praxis/core';

/**
 * Crops the middle of an image to the proportions of the target and resizes it. Each target pixel is the mean of the whole
 * source pixels that it covers (box filter). An image of the requested size is returned unchanged.
 * @param width target width (pixels)
 * @param height target height (pixels)
 */
export function cropAndResize(image: ImageFrame, width: number, height: number): ImageFrame {
  if (image.width === width && image.height === height) return image;
  const scale = Math.min(image.width / width, image.height / height);
  const left = (image.width - scale * width) / 2;
  const top = (image.height - scale * height) / 2;
  const columns = pixelEdges(left, scale, width, image.width);
  const rows = pixelEdges(top, scale, height, image.height);
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) averagePixel(image, columns, rows, x, y, data, to);
  }
  return { width, height, data };
}

/** First and last (exclusive) source pixel of each target pixel, which covers at least one. */
function pixelEdges(start: number, scale: number, count: number, limit: number): Int32Array {
  const out = new Int32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const from = Math.min(Math.floor(start + i * scale), limit - 1);
    out[2 * i] = from;
    out[2 * i + 1] = Math.max(from + 1, Math.min(Math.floor(start + (i + 1) * scale), limit));
  }
  return out;
}

function averagePixel(
  { width, data }: ImageFrame,
  columns: Int32Array,
  rows: Int32Array,
  x: number,
  y: number,
  out: Uint8Array,
  to: number,
): void {
  const [x0, x1, y0, y1] = [columns[2 * x], columns[2 * x + 1], rows[2 * y], rows[2 * y + 1]];
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = y0; row < y1; row++) {
    for (let from = 3 * (row * width + x0), end = 3 * (row * width + x1); from < end; from += 3) {
      red += data[from];
      green += data[from + 1];
      blue += data[from + 2];
    }
  }
  const count = (x1 - x0) * (y1 - y0);
  out[to] = Math.round(red / count);
  out[to + 1] = Math.round(green / count);
  out[to + 2] = Math.round(blue / count);
}
