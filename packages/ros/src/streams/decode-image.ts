import { firstLine, type ImageFrame } from '@praxis/core';
import { type CompressedImage, MessageError } from '@praxis/wire';
import sharp from 'sharp';

/** Pixels: a file of a few bytes must not ask for gigabytes. */
const MAX_PIXELS = 64e6;
const CODINGS = /\b(jpe?g|png)\b/i;

/**
 * Says whether a picture can be decoded, from what its message says of it.
 * @throws {MessageError} for a coding other than JPEG and PNG, `compressedDepth` among them, and for no data.
 */
export function checkCoding({ format, data }: CompressedImage): void {
  if (!CODINGS.test(format) || /depth/i.test(format)) {
    throw new MessageError(`image: format ${JSON.stringify(format)}, expected jpeg or png`);
  }
  if (data.length === 0) throw new MessageError('image: no data');
}

/**
 * The picture in a compressed message, as RGB; transparency is left out. Decoded in a thread of its own, so that no event loop waits.
 * @throws {MessageError} when it is cut off or is no picture.
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
    const why = firstLine(cause);
    throw new MessageError(`image: ${message.format} of ${message.data.length} bytes cannot be decoded: ${why}`, {
      cause,
    });
  }
}
