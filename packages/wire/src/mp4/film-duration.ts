import { InputError } from '@praxis/core';
import type { ByteSource } from '../mcap/byte-source.ts';
import { viewOf } from '../mcap/records.ts';
import { findBox } from './box-reader.ts';

/** Most bytes of a movie header that are read: version and flags, times, timescale and duration. */
const HEADER_BYTES = 32;

/**
 * Reads how long an MP4 file of any codec plays (s), by its movie header (ISO/IEC 14496-12, clause 8.2.2). Nothing is decoded.
 * @throws {InputError} that names the file for another kind of file, and for one that ends before its index
 */
export async function filmDuration(source: ByteSource): Promise<number> {
  const refuse = (): never => {
    throw new InputError(`${source.name}: no MP4 file with an index, or cut off`);
  };
  const movie = (await findBox(source, 'moov', 0, source.size)) ?? refuse();
  const header = (await findBox(source, 'mvhd', movie.from, movie.to)) ?? refuse();
  const view = viewOf(await source.read(header.from, Math.min(HEADER_BYTES, header.to - header.from)));
  const long = view.byteLength > 0 && view.getUint8(0) === 1;
  if (view.byteLength < (long ? HEADER_BYTES : 20)) refuse();
  const timescale = view.getUint32(long ? 20 : 12);
  const duration = long ? Number(view.getBigUint64(24)) : view.getUint32(16);
  return timescale > 0 ? duration / timescale : refuse();
}
