import { type ImageFrame, PolicyError, type StreamValue } from '@praxis/core';
import type { Pixels } from '../images/resampler.ts';
import { ImageTransform } from '../images/transform.ts';
import type { ImageInputManifest } from '../manifest/graph-inputs.ts';
import { type AxisLayout, defaultAxes, layoutOf } from '../numbers/axes.ts';
import { linearNormalisation, normalised } from '../numbers/normalisation.ts';
import { type GraphTensor, sampleAt } from './graph-tensor.ts';

const CHANNELS = 3;
const LEVELS = 256;

const isImage = (value: StreamValue): value is ImageFrame =>
  typeof value === 'object' && 'width' in value && 'height' in value && 'data' in value;

/**
 * Makes the tensor of an image input: each step's image cropped and scaled as declared, then its levels as 0..1 or 0..255, normalised
 * for each channel, in the declared order of dimensions and channels.
 * @param where policy and input in errors
 * @param steps images that are stacked, oldest first
 */
export function imageTensor(where: string, input: ImageInputManifest, steps: number): GraphTensor {
  const { height, width, channels, values, dtype } = input;
  const axes = input.axes ?? defaultAxes(['channel', 'height', 'width'], steps);
  const layout = layoutOf(axes, { step: steps, channel: CHANNELS, height, width });
  const data = dtype === 'uint8' ? new Uint8Array(layout.size) : new Float32Array(layout.size);
  const normalisation = linearNormalisation(input.normalisation, 1, CHANNELS);
  const unit = values === '0..1' ? LEVELS - 1 : 1;
  /** Place of each channel of a pixel, red first, in the tensor. */
  const places = channels === 'rgb' ? [0, 1, 2] : [2, 1, 0];
  const numberOf = (level: number, place: number): number =>
    dtype === 'uint8' ? level : normalised(level / unit, normalisation, place);
  const tables = places.map((place) => Float32Array.from({ length: LEVELS }, (_, level) => numberOf(level, place)));
  const transform = new ImageTransform(where, input.transform);
  const isWhole = input.transform.every((step) => step.type === 'crop' || step.rounded);

  return {
    dtype: dtype === 'uint8' ? 'uint8' : 'float32',
    shape: layout.shape,
    axes,
    data,
    streams: [input.stream],
    clear: () => {
      data.fill(0);
    },
    write([samples]) {
      for (let step = 0; step < steps; step++) {
        const image = imageOf(where, sampleAt(samples, step, steps));
        const pixels = transform.apply(image);
        if (pixels.width !== width || pixels.height !== height) {
          throw new PolicyError(
            `${where}: an image is ${image.width} x ${image.height}, expected ${width} x ${height}`,
          );
        }
        const starts = places.map((place) => step * layout.stride.step + place * layout.stride.channel);
        if (isWhole) writeWhole(pixels, tables, data, starts, layout);
        else writeFractions(pixels, (level, channel) => numberOf(level, places[channel]), data, starts, layout);
      }
    },
  };
}

function imageOf(where: string, sample: StreamValue): ImageFrame {
  if (!isImage(sample)) throw new PolicyError(`${where}: a sample has type ${typeof sample}, expected an image`);
  const { width, height, data } = sample;
  if (data.length === CHANNELS * width * height) return sample;
  const expected = CHANNELS * width * height;
  throw new PolicyError(`${where}: an image of ${width} x ${height} has ${data.length} bytes, expected ${expected}`);
}

/** Writes an image of whole levels by a table of their 256 numbers for each channel: in one pass, since it runs for each image of a camera. */
function writeWhole(
  { width, height, data: source }: Pixels,
  [red, green, blue]: readonly Float32Array[],
  out: Uint8Array | Float32Array,
  [redAt, greenAt, blueAt]: readonly number[],
  { stride }: AxisLayout,
): void {
  for (let y = 0, from = 0; y < height; y++) {
    let to = y * stride.height;
    for (let x = 0; x < width; x++, from += CHANNELS, to += stride.width) {
      out[redAt + to] = red[source[from]];
      out[greenAt + to] = green[source[from + 1]];
      out[blueAt + to] = blue[source[from + 2]];
    }
  }
}

/** Writes an image of any levels, as scaling without rounding gives them. */
function writeFractions(
  { width, height, data: source }: Pixels,
  numberOf: (level: number, channel: number) => number,
  out: Uint8Array | Float32Array,
  starts: readonly number[],
  { stride }: AxisLayout,
): void {
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from += CHANNELS) {
      const to = y * stride.height + x * stride.width;
      for (let c = 0; c < CHANNELS; c++) out[starts[c] + to] = numberOf(source[from + c], c);
    }
  }
}
