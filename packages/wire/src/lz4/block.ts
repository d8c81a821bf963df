/** A match has at least so many bytes. */
const MIN_MATCH_BYTES = 4;

/** Up to so many bytes a loop copies faster than a call, which makes a view. */
const LOOP_BYTES = 64;

/**
 * Decompresses a block of the LZ4 block format (github.com/lz4/lz4, doc/lz4_Block_format.md). A match may reach into blocks that stand
 * before `to` in `out`.
 * @returns end of the decompressed bytes in `out`
 * @throws {RangeError} when the block is not valid or `out` is too small
 */
export function decompressBlock(source: Uint8Array, from: number, end: number, out: Uint8Array, to: number): number {
  let at = from;
  const lengthOf = (nibble: number): number => {
    let length = nibble;
    if (nibble < 15) return length;
    for (;;) {
      if (at >= end) throw new RangeError(`its length at byte ${at} goes on beyond the block`);
      const byte = source[at++];
      length += byte;
      if (byte < 255) return length;
    }
  };
  while (at < end) {
    const token = source[at++];
    const literals = lengthOf(token >>> 4);
    if (at + literals > end) throw new RangeError(`${literals} literals at byte ${at} of a block of ${end}`);
    if (to + literals > out.length) throw new RangeError(`more than ${out.length} bytes`);
    copy(source, at, at + literals, out, to);
    at += literals;
    to += literals;
    if (at >= end) return to;
    if (at + 2 > end) throw new RangeError(`its match at byte ${at} has no offset`);
    const offset = source[at] | (source[at + 1] << 8);
    at += 2;
    const length = MIN_MATCH_BYTES + lengthOf(token & 15);
    if (offset === 0 || offset > to) throw new RangeError(`a match ${offset} bytes before byte ${to}`);
    if (to + length > out.length) throw new RangeError(`more than ${out.length} bytes`);
    if (offset >= length && length > LOOP_BYTES) {
      out.copyWithin(to, to - offset, to - offset + length);
      to += length;
    } else for (const stop = to + length; to < stop; to++) out[to] = out[to - offset];
  }
  return to;
}

function copy(source: Uint8Array, from: number, end: number, out: Uint8Array, to: number): void {
  if (end - from > LOOP_BYTES) out.set(source.subarray(from, end), to);
  else for (; from < end; from++) out[to++] = source[from];
}
