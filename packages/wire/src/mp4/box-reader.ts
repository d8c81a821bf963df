import type { ByteSource } from '../mcap/byte-source.ts';
import { viewOf } from '../mcap/records.ts';
import { BOX_HEAD_BYTES } from './boxes.ts';

/** Bytes of the head of a box with a size of 64 bits. */
const LONG_HEAD_BYTES = 16;

/** Where the content of a box is in a file, and the end of it. */
export interface BoxPlace {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** The boxes that follow each other from here (ISO/IEC 14496-12, clause 4.2). They end where a size does not fit. */
export async function* boxesIn(source: ByteSource, from: number, to: number): AsyncGenerator<BoxPlace> {
  for (let at = from; at + BOX_HEAD_BYTES <= to; ) {
    const head = viewOf(await source.read(at, Math.min(LONG_HEAD_BYTES, to - at)));
    const short = head.getUint32(0);
    const long = short === 1;
    if (long && head.byteLength < LONG_HEAD_BYTES) return;
    // A size of 0 reaches to the end of the file.
    const size = long ? Number(head.getBigUint64(8)) : short === 0 ? to - at : short;
    const headBytes = long ? LONG_HEAD_BYTES : BOX_HEAD_BYTES;
    if (size < headBytes || at + size > to) return;
    const type = String.fromCharCode(head.getUint8(4), head.getUint8(5), head.getUint8(6), head.getUint8(7));
    yield { type, from: at + headBytes, to: at + size };
    at += size;
  }
}

/** The first box of a type among those that follow each other from here; undefined without one. */
export async function findBox(
  source: ByteSource,
  type: string,
  from: number,
  to: number,
): Promise<BoxPlace | undefined> {
  for await (const box of boxesIn(source, from, to)) if (box.type === type) return box;
  return undefined;
}
