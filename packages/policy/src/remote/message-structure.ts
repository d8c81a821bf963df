import { PolicyError } from '@praxis/core';

/** Deepest nesting of maps and lists: observations and answers have three or four levels. */
const MAX_DEPTH = 16;

/** Number of bytes of the scalars from 0xca to 0xd3: floats and integers. */
const SCALAR_BYTES = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8] as const;

/**
 * Walks a MessagePack message without allocating anything for it, before it is decoded: a decoder that believes a declared length
 * allocates it, and a few bytes can declare gigabytes.
 * @throws {PolicyError} when a declared length goes beyond the message, the message ends early or goes on, nests too deeply, or has
 *   an extension type, which openpi's messages do not have
 */
export function checkStructure(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length;
  /** Values left in each open map or list, outermost first. */
  const open = [1];
  let at = 0;

  const need = (count: number): void => {
    if (count > end - at)
      throw new PolicyError(`message of ${end} bytes: byte ${at} declares ${count} more, ${end - at} are left`);
  };
  /** Reads a length of 1, 2 or 4 bytes. */
  const length = (size: 1 | 2 | 4): number => {
    need(size);
    const value = size === 1 ? view.getUint8(at) : size === 2 ? view.getUint16(at) : view.getUint32(at);
    at += size;
    return value;
  };
  const skip = (count: number): void => {
    need(count);
    at += count;
  };
  const enter = (values: number): void => {
    // Each value has at least one byte.
    need(values);
    if (open.length > MAX_DEPTH) throw new PolicyError(`message: nested deeper than ${MAX_DEPTH} levels`);
    open.push(values);
  };

  while (open.length > 0) {
    if (open[open.length - 1] === 0) {
      open.pop();
      continue;
    }
    open[open.length - 1]--;
    need(1);
    const type = view.getUint8(at++);
    if (type <= 0x7f || type >= 0xe0 || type === 0xc0 || type === 0xc2 || type === 0xc3) continue;
    if (type <= 0x8f) enter(2 * (type & 0x0f));
    else if (type <= 0x9f) enter(type & 0x0f);
    else if (type <= 0xbf) skip(type & 0x1f);
    else if (type >= 0xc4 && type <= 0xc6) skip(length([1, 2, 4][type - 0xc4] as 1 | 2 | 4));
    else if (type >= 0xca && type <= 0xd3) skip(SCALAR_BYTES[type - 0xca]);
    else if (type >= 0xd9 && type <= 0xdb) skip(length([1, 2, 4][type - 0xd9] as 1 | 2 | 4));
    else if (type === 0xdc || type === 0xdd) enter(length(type === 0xdc ? 2 : 4));
    else if (type === 0xde || type === 0xdf) enter(2 * length(type === 0xde ? 2 : 4));
    else throw new PolicyError(`message: byte ${at - 1} is 0x${type.toString(16)}, an extension type`);
  }
  if (at < end) throw new PolicyError(`message of ${end} bytes: it ends after ${at}`);
}
