import { InputError } from '@praxis/core';
import type { ByteSource } from '../mcap/byte-source.ts';
import { viewOf } from '../mcap/records.ts';
import { BOX_HEAD_BYTES } from './boxes.ts';

/** Bytes of the head of a box with a size of 64 bits. */
const LONG_HEAD_BYTES = 16;
/** Most bytes of a movie header that are read: version and flags, times, timescale and duration. */
const HEADER_BYTES = 32;

interface BoxPlace {
  readonly type: string;
  /** Place of its content in the file, and the end of it. */
  readonly from: number;
  readonly to: number;
}

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

/** The first box of a type among those that follow each other from here; undefined without one, and where a size does not fit. */
async function findBox(source: ByteSource, type: string, from: number, to: number): Promise<BoxPlace | undefined> {
  for (let at = from; at + BOX_HEAD_BYTES <= to; ) {
    const head = viewOf(await source.read(at, Math.min(LONG_HEAD_BYTES, to - at)));
    const short = head.getUint32(0);
    const long = short === 1;
    if (long && head.byteLength < LONG_HEAD_BYTES) return undefined;
    // A size of 0 reaches to the end of the file.
    const size = long ? Number(head.getBigUint64(8)) : short === 0 ? to - at : short;
    const headBytes = long ? LONG_HEAD_BYTES : BOX_HEAD_BYTES;
    if (size < headBytes || at + size > to) return undefined;
    const found = String.fromCharCode(head.getUint8(4), head.getUint8(5), head.getUint8(6), head.getUint8(7));
    if (found === type) return { type, from: at + headBytes, to: at + size };
    at += size;
  }
  return undefined;
}
