import { cos } from '@praxis/core';

/** Blur of a lens that is out of focus: passes of the binomial filter 1 4 6 4 1, each of which has a variance of one pixel. */
const KERNEL = [1, 4, 6, 4, 1] as const;
const KERNEL_SUM = 16;

/**
 * Blurs an image in place by a Gaussian of a whole number of pixels (standard deviation).
 * @param data rgb8, `width * height * 3` bytes
 */
export function blur(data: Uint8Array, width: number, height: number, pixels: number): void {
  const values = Float64Array.from(data);
  const line = new Float64Array(Math.max(width, height));
  const filter = (start: number, stride: number, length: number): void => {
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = -2; k <= 2; k++) {
        const at = Math.min(Math.max(i + k, 0), length - 1);
        sum += KERNEL[k + 2] * values[start + at * stride];
      }
      line[i] = sum / KERNEL_SUM;
    }
    for (let i = 0; i < length; i++) values[start + i * stride] = line[i];
  };
  for (let pass = 0; pass < pixels * pixels; pass++) {
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < height; y++) filter(3 * y * width + c, 3, width);
      for (let x = 0; x < width; x++) filter(3 * x + c, 3 * width, height);
    }
  }
  for (let i = 0; i < data.length; i++) data[i] = Math.round(values[i]);
}

const SIDE = 8;
/** Quantisation of luminance and chrominance at quality 50 (ITU-T T.81, tables K.1 and K.2), row by row. */
const LUMINANCE = [
  ...[
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62,
  ],
  ...[
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95,
    98, 112, 100, 103, 99,
  ],
];
const CHROMINANCE = [
  ...[
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99,
    99, 99, 99,
  ],
  ...new Array<number>(32).fill(99),
];

/** The discrete cosine transform of eight numbers: row u has the weights of frequency u. */
const DCT = Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [u, x] = [Math.floor(i / SIDE), i % SIDE];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * cos(((2 * x + 1) * u * Math.PI) / (2 * SIDE));
});

/** Quantisation steps at a quality of 1..100, by the rule of the Independent JPEG Group. */
function steps(table: readonly number[], quality: number): readonly number[] {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return table.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))));
}

/**
 * Gives an image the errors of JPEG in place: blocks of 8 x 8 pixels of luminance and chrominance, without subsampling, transformed,
 * quantised and back. Nothing is coded, since that loses nothing.
 * @param data rgb8, `width * height * 3` bytes
 * @param quality 1..100, as of libjpeg
 */
export function jpegErrors(data: Uint8Array, width: number, height: number, quality: number): void {
  const levels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  const planes = toYCbCr(data);
  for (const [c, plane] of planes.entries()) {
    const table = steps(c === 0 ? LUMINANCE : CHROMINANCE, quality);
    for (let y = 0; y < height; y += SIDE) {
      for (let x = 0; x < width; x += SIDE) quantise(plane, x, y, width, height, table);
    }
  }
  const [luma, blue, red] = planes;
  for (let i = 0; i < luma.length; i++) {
    // It rounds and clamps.
    levels[3 * i] = luma[i] + 128 + 1.402 * red[i];
    levels[3 * i + 1] = luma[i] + 128 - 0.344136 * blue[i] - 0.714136 * red[i];
    levels[3 * i + 2] = luma[i] + 128 + 1.772 * blue[i];
  }
}

/** Luminance less 128 and both chrominances (ITU-T T.871). */
function toYCbCr(data: Uint8Array): readonly [Float64Array, Float64Array, Float64Array] {
  const count = data.length / 3;
  const [luma, blue, red] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [data[3 * i], data[3 * i + 1], data[3 * i + 2]];
    luma[i] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
    blue[i] = -0.168736 * r - 0.331264 * g + 0.5 * b;
    red[i] = 0.5 * r - 0.418688 * g - 0.081312 * b;
  }
  return [luma, blue, red];
}

const block = new Float64Array(SIDE * SIDE);
const half = new Float64Array(SIDE * SIDE);

/** Quantises one block of a plane in place. Pixels beyond the edge repeat it. */
function quantise(
  plane: Float64Array,
  left: number,
  top: number,
  width: number,
  height: number,
  table: readonly number[],
): void {
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      block[SIDE * y + x] = plane[Math.min(top + y, height - 1) * width + Math.min(left + x, width - 1)];
    }
  }
  transform(block, half, 'forward');
  for (let i = 0; i < block.length; i++) block[i] = Math.round(block[i] / table[i]) * table[i];
  transform(block, half, 'backward');
  for (let y = 0; y < SIDE && top + y < height; y++) {
    for (let x = 0; x < SIDE && left + x < width; x++) plane[(top + y) * width + left + x] = block[SIDE * y + x];
  }
}

/** Transforms rows, then columns, in place. */
function transform(values: Float64Array, between: Float64Array, direction: 'forward' | 'backward'): void {
  const weight = (u: number, x: number): number => (direction === 'forward' ? DCT[SIDE * u + x] : DCT[SIDE * x + u]);
  for (let row = 0; row < SIDE; row++) {
    for (let u = 0; u < SIDE; u++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += weight(u, x) * values[SIDE * row + x];
      between[SIDE * row + u] = sum;
    }
  }
  for (let column = 0; column < SIDE; column++) {
    for (let u = 0; u < SIDE; u++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += weight(u, x) * between[SIDE * x + column];
      values[SIDE * u + column] = sum;
    }
  }
}
