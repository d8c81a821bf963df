/**
 * How a pixel is made of others. `nearest`: the pixel under its centre. `bilinear`: a triangle. `bicubic`: a cubic. `area`: the mean of
 * the pixels that it covers, by how much it covers them.
 */
export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'area';

/** The pixels of one axis that each pixel of the result is made of: `count` indices with weights for each. */
export interface Taps {
  readonly count: number;
  /** Pixels of the result x {@link count}. */
  readonly index: Int32Array;
  /** Weights in the same order; those of one pixel sum to 1. */
  readonly weight: Float64Array;
}

const triangle = (x: number): number => Math.max(1 - Math.abs(x), 0);

/** Keys' cubic convolution kernel, zero from 2 on. @param a its free parameter, the slope at 1 */
const cubic = (a: number) => (distance: number) => {
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
};

/** Filter of an interpolation and how far it reaches (pixels). The cubics are those of Pillow, and of OpenCV and PyTorch. */
const FILTERS = {
  bilinear: { reach: 1, antialiased: triangle, plain: triangle },
  bicubic: { reach: 2, antialiased: cubic(-0.5), plain: cubic(-0.75) },
} as const;

type Tap = readonly [index: number, weight: number];

/** Every pixel that the widened filter reaches, as Pillow takes them: none outside the image. */
function antialiasedTaps(
  i: number,
  scale: number,
  size: number,
  { reach, antialiased }: (typeof FILTERS)['bilinear' | 'bicubic'],
): Tap[] {
  const width = Math.max(scale, 1);
  const centre = (i + 0.5) * scale;
  const first = Math.max(Math.floor(centre - reach * width + 0.5), 0);
  const last = Math.min(Math.floor(centre + reach * width + 0.5), size);
  return Array.from({ length: last - first }, (_, k) => [first + k, antialiased((first + k - centre + 0.5) / width)]);
}

/** The nearest pixels, the outermost ones repeated beyond the edge, as OpenCV and PyTorch take them. */
function plainTaps(
  i: number,
  scale: number,
  size: number,
  { reach, plain }: (typeof FILTERS)['bilinear' | 'bicubic'],
): Tap[] {
  const centre = (i + 0.5) * scale - 0.5;
  const first = Math.floor(centre) - reach + 1;
  return Array.from({ length: 2 * reach }, (_, k) => {
    const at = first + k;
    return [Math.min(Math.max(at, 0), size - 1), plain(at - centre)];
  });
}

function areaTaps(i: number, scale: number, size: number): Tap[] {
  const [from, to] = [i * scale, Math.min((i + 1) * scale, size)];
  const first = Math.min(Math.floor(from), size - 1);
  const last = Math.max(Math.min(Math.ceil(to), size), first + 1);
  return Array.from({ length: last - first }, (_, k) => {
    const at = first + k;
    return [at, Math.min(at + 1, to) - Math.max(at, from)];
  });
}

/** Taps of one axis. @param from,to number of its pixels before and after */
export function tapsOf(interpolation: Interpolation, antialias: boolean, from: number, to: number): Taps {
  const scale = from / to;
  const each = (i: number): Tap[] => {
    if (interpolation === 'nearest') return [[Math.min(Math.floor((i + 0.5) * scale), from - 1), 1]];
    if (interpolation === 'area') return areaTaps(i, scale, from);
    const filter = FILTERS[interpolation];
    return antialias ? antialiasedTaps(i, scale, from, filter) : plainTaps(i, scale, from, filter);
  };
  const all = Array.from({ length: to }, (_, i) => each(i));
  const count = Math.max(...all.map(({ length }) => length));
  const index = new Int32Array(to * count);
  const weight = new Float64Array(to * count);
  for (const [i, taps] of all.entries()) {
    const sum = taps.reduce((total, [, each]) => total + each, 0);
    for (let k = 0; k < count; k++) {
      const [at, share] = taps[k] ?? [taps[0][0], 0];
      index[i * count + k] = at;
      weight[i * count + k] = share / sum;
    }
  }
  return { count, index, weight };
}
