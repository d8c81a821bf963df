import { type Compressors, snappyUncompress } from 'hyparquet';
import { decompressBlock } from '../../lz4/block.ts';
import { decompressZstd } from '../../zstd/zstd.ts';

/** Decompression of pages by the name of the codec: `size` bytes, which the header of a page states. */
export const COMPRESSORS = {
  SNAPPY(input, size) {
    const out = new Uint8Array(size);
    snappyUncompress(input, out);
    return out;
  },
  ZSTD: (input, size) => decompressZstd(input, size),
  LZ4_RAW(input, size) {
    const out = new Uint8Array(size);
    decompressBlock(input, 0, input.length, out, 0);
    return out;
  },
} satisfies Compressors;

/** The bytes of a page without compression. @throws {RangeError} for a codec that is not read @throws when the bytes are damaged */
export function decompressPage(codec: string, input: Uint8Array, size: number): Uint8Array {
  if (codec === 'UNCOMPRESSED') return input;
  if (codec in COMPRESSORS) return COMPRESSORS[codec as keyof typeof COMPRESSORS](input, size);
  throw new RangeError(`codec ${codec}, expected UNCOMPRESSED or one of ${Object.keys(COMPRESSORS).join(', ')}`);
}
