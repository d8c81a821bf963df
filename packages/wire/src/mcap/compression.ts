import { InputError } from '@praxis/core';
import { decompress as decompressZstd } from 'fzstd';
import { compressLz4, decompressLz4 } from '../lz4/frame.ts';

/** Compressions of a chunk, by their names in MCAP; '' is none. */
export type Compression = 'lz4' | '';

/** Compresses the records of a chunk. */
export const compress = (records: Uint8Array, compression: Compression): Uint8Array =>
  compression === 'lz4' ? compressLz4(records) : records;

/**
 * Decompresses the records of a chunk: what Praxis writes, and zstd, which other recorders write.
 * @param size number of bytes of the records
 * @throws {InputError} in one line when they are not valid or the compression is unknown
 */
export function decompress(records: Uint8Array, compression: string, size: number): Uint8Array {
  if (compression === '') return records;
  if (compression === 'lz4') return decompressLz4(records, size);
  if (compression === 'zstd') return unzstd(records, size);
  throw new InputError(`compression ${JSON.stringify(compression)}: unknown, expected lz4, zstd or none`);
}

function unzstd(records: Uint8Array, size: number): Uint8Array {
  try {
    const content = decompressZstd(records);
    if (content.length === size) return content;
    throw new InputError(`${content.length} bytes, expected ${size}`);
  } catch (cause) {
    throw new InputError(`zstd frame of ${records.length} bytes: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}
