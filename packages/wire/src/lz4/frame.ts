import { InputError } from '@praxis/core';
import { decompressBlock } from './block.ts';
import { xxHash32 } from './xxhash32.ts';

const MAGIC = 0x184d2204;
/** Set in the size of a block that is stored as it is. */
const STORED = 0x8000_0000;

/** Flags of a frame. */
const FLAG = { blockChecksum: 0x10, contentSize: 0x08, contentChecksum: 0x04, dictionary: 0x01 } as const;

/**
 * Decompresses one LZ4 frame (github.com/lz4/lz4, doc/lz4_Frame_format.md). Checksums of its content are not compared.
 * @param size number of bytes of the content
 * @throws {InputError} in one line when the frame is not valid or has another size
 */
export function decompressLz4(frame: Uint8Array, size: number): Uint8Array {
  const refuse = (reason: string): never => {
    throw new InputError(`LZ4 frame of ${frame.length} bytes: ${reason}`);
  };
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const word = (at: number): number =>
    at + 4 <= frame.length ? view.getUint32(at, true) : refuse('it ends too early');
  if (word(0) !== MAGIC) refuse(`it starts with 0x${word(0).toString(16)}, expected 0x${MAGIC.toString(16)}`);
  const flags = frame[4];
  if (flags >>> 6 !== 1) refuse(`version ${flags >>> 6}, expected 1`);
  const descriptor = 2 + (flags & FLAG.contentSize ? 8 : 0) + (flags & FLAG.dictionary ? 4 : 0);
  if (frame[4 + descriptor] !== ((xxHash32(frame.subarray(4, 4 + descriptor)) >>> 8) & 255)) {
    refuse('the checksum of its header is wrong');
  }
  const out = new Uint8Array(size);
  let at = 4 + descriptor + 1;
  let to = 0;
  for (let length = word(at); length !== 0; length = word(at)) {
    const stored = length >= STORED;
    const end = at + 4 + (stored ? length - STORED : length);
    if (end > frame.length) refuse(`its block at byte ${at} ends behind it`);
    try {
      if (stored) {
        out.set(frame.subarray(at + 4, end), to);
        to += end - at - 4;
      } else to = decompressBlock(frame, at + 4, end, out, to);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      refuse(cause.message);
    }
    at = end + (flags & FLAG.blockChecksum ? 4 : 0);
  }
  if (to !== size) refuse(`${to} bytes of content, expected ${size}`);
  return out;
}
