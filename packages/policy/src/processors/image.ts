import { type ImageFrame, PolicyError, type StreamValue } from '@praxis/core';
import type { Processor } from './processor.ts';

const isImage = (value: StreamValue): value is ImageFrame =>
  typeof value === 'object' && 'width' in value && 'height' in value && 'data' in value;

/**
 * Makes the processor of 8-bit images: `[height, width, 3]` to float32 `[1, 3, height, width]`, (value / 255 - mean) / std.
 * A table holds the 768 possible results.
 * @param where encoder and stream in errors
 * @param mean,std statistics of each channel, of values in 0..1
 */
export function imageProcessor(
  where: string,
  shape: readonly number[],
  { mean, std }: { readonly mean: readonly number[]; readonly std: readonly number[] },
): Processor {
  const [height, width] = shape;
  const plane = height * width;
  const data = new Float32Array(3 * plane);
  const table = Float32Array.from({ length: 768 }, (_, i) => ((i & 255) / 255 - mean[i >> 8]) / std[i >> 8]);
  return {
    dtype: 'float32',
    shape: [1, 3, height, width],
    data,
    write(samples) {
      const image = samples[samples.length - 1];
      if (!isImage(image)) throw new PolicyError(`${where}: a sample has type ${typeof image}, expected an image`);
      if (image.width !== width || image.height !== height || image.data.length !== 3 * plane) {
        const given = `${image.width} x ${image.height} with ${image.data.length} bytes`;
        throw new PolicyError(`${where}: an image is ${given}, expected ${width} x ${height} with ${3 * plane}`);
      }
      const pixels = image.data;
      for (let i = 0, from = 0; i < plane; i++, from += 3) {
        data[i] = table[pixels[from]];
        data[plane + i] = table[256 + pixels[from + 1]];
        data[2 * plane + i] = table[512 + pixels[from + 2]];
      }
    },
  };
}
