import { PolicyError } from '@praxis/core';
import { type Pixels, type ResampleOptions, Resampler } from './resampler.ts';

/** Cuts a part out of an image. */
export interface Crop {
  readonly type: 'crop';
  readonly height: number;
  readonly width: number;
  /** First row of the part. Default: the part is in the middle, half a pixel up where the rest is odd. */
  readonly top?: number;
  /** First column of the part. Default: the part is in the middle. */
  readonly left?: number;
}

/** Scales an image. */
export interface Resize extends ResampleOptions {
  readonly type: 'resize';
  readonly height: number;
  readonly width: number;
  /**
   * `stretch` changes the proportions. `cover` keeps them, and cuts off what is too much on two sides. `contain` keeps them, and fills two
   * sides with black.
   */
  readonly fit: 'stretch' | 'cover' | 'contain';
}

/** One step from the image of a camera to that of a network. */
export type ImageStep = Crop | Resize;

const CHANNELS = 3;

type Size = Pick<Pixels, 'width' | 'height'>;

/** A step for images of one size. Its result is valid until its next call. */
type Prepared = (image: Pixels) => Pixels;

/** Copies the overlap of an image and a frame whose top left corner is at (left, top) of the image. Pixels without image stay. */
function copyPart(image: Pixels, left: number, top: number, out: Pixels): Pixels {
  const [from, to] = [Math.max(left, 0), Math.min(left + out.width, image.width)];
  for (let y = Math.max(top, 0); y < Math.min(top + out.height, image.height); y++) {
    const row = image.data.subarray(CHANNELS * (y * image.width + from), CHANNELS * (y * image.width + to));
    out.data.set(row, CHANNELS * ((y - top) * out.width + from - left));
  }
  return out;
}

const blank = ({ width, height }: Size): Pixels => ({
  width,
  height,
  data: new Float32Array(CHANNELS * width * height),
});

function prepareCrop(where: string, from: Size, { width, height, top, left }: Crop): Prepared {
  const x = left ?? Math.floor((from.width - width) / 2);
  const y = top ?? Math.floor((from.height - height) / 2);
  if (x < 0 || y < 0 || x + width > from.width || y + height > from.height) {
    const part = `a part of ${width} x ${height} at column ${x}, row ${y}`;
    throw new PolicyError(`${where}: an image is ${from.width} x ${from.height}, expected one with ${part}`);
  }
  const out = blank({ width, height });
  return (image) => copyPart(image, x, y, out);
}

/** Size of the scaled image before borders are cut off or added. */
function innerSize(from: Size, { fit, width, height }: Resize): Size {
  if (fit === 'stretch') return { width, height };
  const [a, b] = [from.width / width, from.height / height];
  const ratio = fit === 'contain' ? Math.max(a, b) : Math.min(a, b);
  const least = fit === 'cover' ? { width, height } : { width: 1, height: 1 };
  return {
    width: Math.max(Math.floor(from.width / ratio), least.width),
    height: Math.max(Math.floor(from.height / ratio), least.height),
  };
}

function prepareResize(from: Size, step: Resize): Prepared {
  const inner = innerSize(from, step);
  const isUnchanged = inner.width === from.width && inner.height === from.height;
  const resampler = isUnchanged ? undefined : new Resampler(from, inner, step);
  const scale: Prepared = (image) => resampler?.scale(image) ?? image;
  if (inner.width === step.width && inner.height === step.height) return scale;
  const out = blank(step);
  // Negative where the frame is larger than the image, and borders stay black.
  const left = -Math.floor((step.width - inner.width) / 2);
  const top = -Math.floor((step.height - inner.height) / 2);
  return (image) => copyPart(scale(image), left, top, out);
}

/**
 * Crops and scales images as declared, with the same numbers in Node and in every browser. It is prepared once for each size of image,
 * and allocates nothing per image after that.
 */
export class ImageTransform {
  readonly #where: string;
  readonly #steps: readonly ImageStep[];
  #from: Size = { width: 0, height: 0 };
  #prepared: readonly Prepared[] = [];

  /** @param where name of the image in errors */
  constructor(where: string, steps: readonly ImageStep[]) {
    this.#where = where;
    this.#steps = steps;
  }

  /**
   * Transforms an image. The result is valid until the next call; it is the image itself where there is nothing to do.
   * @throws {PolicyError} for an image that is smaller than the part to cut out
   */
  apply(image: Pixels): Pixels {
    if (image.width !== this.#from.width || image.height !== this.#from.height) this.#prepare(image);
    return this.#prepared.reduce((each, step) => step(each), image);
  }

  #prepare({ width, height }: Size): void {
    let size: Size = { width, height };
    const prepared: Prepared[] = [];
    for (const step of this.#steps) {
      prepared.push(step.type === 'crop' ? prepareCrop(this.#where, size, step) : prepareResize(size, step));
      size = { width: step.width, height: step.height };
    }
    this.#from = { width, height };
    this.#prepared = prepared;
  }
}
