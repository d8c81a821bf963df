import { type Interpolation, type Taps, tapsOf } from './taps.ts';

/** An image of three interleaved channels, row-major from the top left; levels are 0..255, whole or with fractions. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Float32Array;
}

/** How an image is scaled. */
export interface ResampleOptions {
  readonly interpolation: Interpolation;
  /** True if the filter widens where the image shrinks; `nearest` and `area` need no such choice. */
  readonly antialias: boolean;
  /** True for whole levels 0..255 in the result. */
  readonly rounded: boolean;
}

const CHANNELS = 3;
const LARGEST_LEVEL = 255;

function roundLevels(levels: Float32Array): void {
  for (let i = 0; i < levels.length; i++) levels[i] = Math.min(Math.max(Math.round(levels[i]), 0), LARGEST_LEVEL);
}

/**
 * Scales images of one size to another, first along rows and then along columns. It owns the image that it returns, and allocates
 * nothing per image. Where whole levels are wanted and the filter widens, the levels between the two passes are whole too, as in Pillow.
 */
export class Resampler {
  readonly #from: Pick<Pixels, 'width' | 'height'>;
  readonly #across: Taps;
  readonly #down: Taps;
  readonly #wide: Float32Array;
  readonly #result: Pixels & { readonly data: Float32Array };
  readonly #rounding: 'both' | 'last' | 'none';

  /** @param from,to sizes (pixels) */
  constructor(
    from: Pick<Pixels, 'width' | 'height'>,
    to: Pick<Pixels, 'width' | 'height'>,
    { interpolation, antialias, rounded }: ResampleOptions,
  ) {
    this.#from = { width: from.width, height: from.height };
    this.#across = tapsOf(interpolation, antialias, from.width, to.width);
    this.#down = tapsOf(interpolation, antialias, from.height, to.height);
    this.#wide = new Float32Array(CHANNELS * to.width * from.height);
    this.#result = { width: to.width, height: to.height, data: new Float32Array(CHANNELS * to.width * to.height) };
    const widens = antialias && interpolation !== 'area';
    this.#rounding = !rounded ? 'none' : widens ? 'both' : 'last';
  }

  /** Scales an image of the declared size. The result is valid until the next call. */
  scale({ data }: Pixels): Pixels & { readonly data: Float32Array } {
    const { width, height } = this.#result;
    this.#filterRows(data, width);
    if (this.#rounding === 'both') roundLevels(this.#wide);
    this.#filterColumns(width, height);
    if (this.#rounding !== 'none') roundLevels(this.#result.data);
    return this.#result;
  }

  #filterRows(source: Pixels['data'], width: number): void {
    const { count, index, weight } = this.#across;
    const out = this.#wide;
    const row = CHANNELS * this.#from.width;
    for (let y = 0, to = 0; y < this.#from.height; y++) {
      for (let x = 0; x < width; x++, to += CHANNELS) {
        let r = 0;
        let g = 0;
        let b = 0;
        for (let k = x * count; k < (x + 1) * count; k++) {
          const at = y * row + index[k] * CHANNELS;
          const share = weight[k];
          r += share * source[at];
          g += share * source[at + 1];
          b += share * source[at + 2];
        }
        out[to] = r;
        out[to + 1] = g;
        out[to + 2] = b;
      }
    }
  }

  #filterColumns(width: number, height: number): void {
    const { count, index, weight } = this.#down;
    const source = this.#wide;
    const out = this.#result.data;
    const row = CHANNELS * width;
    for (let y = 0; y < height; y++) {
      for (let i = 0; i < row; i++) {
        let sum = 0;
        for (let k = y * count; k < (y + 1) * count; k++) sum += weight[k] * source[index[k] * row + i];
        out[y * row + i] = sum;
      }
    }
  }
}
