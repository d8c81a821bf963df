import { InputError } from '@praxis/core';
import { decompressLz4 } from '../lz4/frame.ts';
import { compressZstd, decompressZstd } from '../zstd/zstd.ts';

/** Compressions of a chunk that is written, by their names in MCAP; '' is none. */
export type Compression = 'zstd' | '';

/** Compresses the records of a chunk. @throws {PraxisError} for zstd before `loadZstd` */
export const compress = (records: Uint8Array, compression: Compression): Uint8Array =>
  compression === 'zstd' ? compressZstd(records) : records;

/**
 * Decompresses the records of a chunk: what Praxis writes, and LZ4, which other recorders write.
 * @param size number of bytes of the records
 * @throws {InputError} in one line when they are not valid or the compression is unknown
 * @throws {PraxisError} for zstd before `loadZstd`
 */
export function decompress(records: Uint8Array, compression: string, size: number): Uint8Array {
  if (compression === '') return records;
  if (compression === 'lz4') return decompressLz4(records, size);
  if (compression === 'zstd') return decompressZstd(records, size);
  throw new InputError(`compression ${JSON.stringify(compression)}: unknown, expected lz4, zstd or none`);
}
