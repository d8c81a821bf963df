import { InputError } from '@praxis/core';

/** Markers of ITU-T T.81, table B.1. */
const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
/** Frame headers are the markers from here, but those of Huffman tables, extensions and arithmetic coding. */
const FIRST_FRAME = 0xc0;
const LAST_FRAME = 0xcf;
const NO_FRAMES = [0xc4, 0xc8, 0xcc];

/**
 * Reads the size of a JPEG file (pixels) in its frame header.
 * @param name names the picture in messages
 * @throws {InputError} for bytes that are no JPEG file, or one without a frame header
 */
export function jpegSize(jpeg: Uint8Array, name: string): { readonly width: number; readonly height: number } {
  if (jpeg[0] === 0xff && jpeg[1] === START_OF_IMAGE) {
    for (let at = 2; at + 9 < jpeg.length && jpeg[at] === 0xff; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3])) {
      const marker = jpeg[at + 1];
      if (marker === START_OF_SCAN) break;
      if (marker < FIRST_FRAME || marker > LAST_FRAME || NO_FRAMES.includes(marker)) continue;
      return { height: (jpeg[at + 5] << 8) | jpeg[at + 6], width: (jpeg[at + 7] << 8) | jpeg[at + 8] };
    }
  }
  throw new InputError(`${name}: expected a JPEG file with a frame header`);
}
