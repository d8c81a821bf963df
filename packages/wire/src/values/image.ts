import type { ImageFrame } from '@praxis/core';
import { type Header, type Image, MessageError } from '../messages/messages.ts';

/** Byte offsets of red, green and blue in a pixel, and its size (sensor_msgs/image_encodings.hpp). */
interface Layout {
  readonly bytes: number;
  readonly rgb: readonly [number, number, number];
}

const PIXEL_LAYOUTS: Readonly<Record<string, Layout>> = {
  rgb8: { bytes: 3, rgb: [0, 1, 2] },
  bgr8: { bytes: 3, rgb: [2, 1, 0] },
  rgba8: { bytes: 4, rgb: [0, 1, 2] },
  bgra8: { bytes: 4, rgb: [2, 1, 0] },
  mono8: { bytes: 1, rgb: [0, 0, 0] },
};

/** Encodings that {@link imageFrameOf} reads, named as in `sensor_msgs/image_encodings.hpp`: 8 bits per channel. */
export const IMAGE_ENCODINGS: readonly string[] = Object.keys(PIXEL_LAYOUTS);

/**
 * Converts an image message. For `rgb8` without padding, `data` is a view of the message's data.
 * @throws {MessageError} when the encoding is not in {@link IMAGE_ENCODINGS}, or the sizes are inconsistent.
 */
export function imageFrameOf({ width, height, encoding, step, data }: Image): ImageFrame {
  const layout = Object.hasOwn(PIXEL_LAYOUTS, encoding) ? PIXEL_LAYOUTS[encoding] : undefined;
  if (!layout) {
    throw new MessageError(
      `image: encoding ${JSON.stringify(encoding)}, expected one of ${IMAGE_ENCODINGS.join(', ')}`,
    );
  }
  const row = width * layout.bytes;
  if (width === 0 || height === 0) throw new MessageError(`image: ${width} x ${height} pixels, expected some`);
  if (step < row)
    throw new MessageError(`image: step ${step}, expected at least ${row}: ${width} pixels of ${encoding}`);
  if (data.length !== step * height) {
    throw new MessageError(`image: ${data.length} bytes, expected ${step * height}: ${height} rows of ${step}`);
  }
  if (encoding === 'rgb8' && step === row) return { width, height, data };
  return { width, height, data: rgbOf(width, height, step, data, layout) };
}

function rgbOf(width: number, height: number, step: number, data: Uint8Array, { bytes, rgb }: Layout): Uint8Array {
  const [red, green, blue] = rgb;
  const out = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = y * step; x < width; x++, from += bytes, to += 3) {
      out[to] = data[from + red];
      out[to + 1] = data[from + green];
      out[to + 2] = data[from + blue];
    }
  }
  return out;
}

/**
 * Converts an image to a message with encoding `rgb8` and rows without padding. Its `data` is the image's buffer, not a
 * copy.
 */
export function imageOf({ width, height, data }: ImageFrame, header: Header): Image {
  return { header, width, height, encoding: 'rgb8', is_bigendian: 0, step: width * 3, data };
}
