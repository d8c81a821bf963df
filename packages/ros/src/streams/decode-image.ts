import { firstLine, type ImageFrame } from '@praxis/core';
import { type CompressedImage, MessageError } from '@praxis/wire';
import sharp from 'sharp';

/** Largest image (pixels): a small file must not make the decoder allocate gigabytes. */
const MAX_PIXELS = 64e6;
const CODINGS = /\b(jpe?g|png)\b/i;

/**
 * Checks the declared coding of a compressed image.
 * @throws {MessageError} unless the coding is JPEG or PNG (`compressedDepth` is refused), and for no data.
 */
export function checkCoding({ format, data }: CompressedImage): void {
  if (!CODINGS.test(format) || /depth/i.test(format)) {
    throw new MessageError(`image: format ${JSON.stringify(format)}, expected jpeg or png`);
  }
  if (data.length === 0) throw new MessageError('image: no data');
}

/**
 * Decodes a compressed image to RGB without transparency. A separate thread decodes, so that the event loop does not block.
 * @throws {MessageError} when the data is truncated or no image.
 */
export async function decodeImage(message: CompressedImage): Promise<ImageFrame> {
  checkCoding(message);
  try {
    const { data, info } = await sharp(message.data, { failOn: 'truncated', limitInputPixels: MAX_PIXELS })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    if (channels !== 3) throw new MessageError(`image: ${channels} channels, expected 3`);
    return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  } catch (cause) {
    if (cause instanceof MessageError) throw cause;
    const reason = firstLine(cause);
    throw new MessageError(`image: ${message.format} of ${message.data.length} bytes cannot be decoded: ${reason}`, {
      cause,
    });
  }
}
