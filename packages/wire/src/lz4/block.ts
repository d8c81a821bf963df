/** A match has at least so many bytes. */
const MIN_MATCH_BYTES = 4;
/** The last bytes of a block are literals, and no match starts within the last twelve (LZ4 block format, end of block). */
const LAST_LITERALS_BYTES = 5;
const MATCH_LIMIT_BYTES = 12;
/** A match lies at most so far back. */
const MAX_OFFSET_BYTES = 65535;
const HASH_BITS = 14;
/** After 2^6 tries without a match every second position is tried, then every third, as LZ4 itself does. */
const SKIP_SHIFT = 6;

/** Upper bound of the size of a compressed block (bytes). */
export const compressedBound = (length: number): number => length + Math.ceil(length / 255) + 16;

const table = new Int32Array(1 << HASH_BITS);

/** Up to so many bytes a loop copies faster than a call, which makes a view. */
const LOOP_BYTES = 64;

const hashOf = (word: number): number => Math.imul(word, 2654435761) >>> (32 - HASH_BITS);

/**
 * Compresses a block in the LZ4 block format (github.com/lz4/lz4, doc/lz4_Block_format.md) with one probe a position, as the
 * reference's fast mode does.
 * @param out has room for {@link compressedBound} bytes from `to` on
 * @returns end of the compressed block in `out`
 */
export function compressBlock(source: Uint8Array, from: number, end: number, out: Uint8Array, to: number): number {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  table.fill(-1);
  const matchLimit = end - MATCH_LIMIT_BYTES;
  const literalLimit = end - LAST_LITERALS_BYTES;
  let anchor = from;
  let at = from;
  let tries = 1 << SKIP_SHIFT;
  while (at < matchLimit) {
    const word = view.getUint32(at, true);
    const hash = hashOf(word);
    const candidate = table[hash];
    table[hash] = at;
    if (candidate < from || at - candidate > MAX_OFFSET_BYTES || view.getUint32(candidate, true) !== word) {
      at += tries++ >>> SKIP_SHIFT;
      continue;
    }
    tries = 1 << SKIP_SHIFT;
    let length = MIN_MATCH_BYTES;
    while (at + length < literalLimit && source[at + length] === source[candidate + length]) length++;
    const literals = at - anchor;
    out[to] = (Math.min(literals, 15) << 4) | Math.min(length - MIN_MATCH_BYTES, 15);
    to = writeLength(out, to + 1, literals);
    copy(source, anchor, at, out, to);
    to += literals;
    out[to++] = (at - candidate) & 255;
    out[to++] = (at - candidate) >>> 8;
    to = writeLength(out, to, length - MIN_MATCH_BYTES);
    at += length;
    anchor = at;
  }
  const literals = end - anchor;
  out[to] = Math.min(literals, 15) << 4;
  to = writeLength(out, to + 1, literals);
  copy(source, anchor, end, out, to);
  return to + literals;
}

function copy(source: Uint8Array, from: number, end: number, out: Uint8Array, to: number): void {
  if (end - from > LOOP_BYTES) out.set(source.subarray(from, end), to);
  else for (; from < end; from++) out[to++] = source[from];
}

/** Writes what a token's four bits do not hold of a length. */
function writeLength(out: Uint8Array, to: number, length: number): number {
  if (length < 15) return to;
  let rest = length - 15;
  for (; rest >= 255; rest -= 255) out[to++] = 255;
  out[to++] = rest;
  return to;
}

/**
 * Decompresses a block of the LZ4 block format. A match may reach into blocks that stand before `to` in `out`.
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
