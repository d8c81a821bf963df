/** Whole numbers as big-endian bytes, `width` bytes each. */
export function bigEndian(width: 1 | 2 | 3 | 4 | 8, ...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(width * values.length);
  for (const [i, value] of values.entries()) {
    let rest = value;
    for (let at = width * (i + 1) - 1; at >= width * i; at--) {
      bytes[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }
  return bytes;
}

/** ASCII text as bytes. */
export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Bytes one after the other. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Bytes before the content of a box. */
export const BOX_HEAD_BYTES = 8;

/** The head of a box (ISO/IEC 14496-12, clause 4.2). @param size bytes of its content, below 2^32 - 8 */
export const boxHead = (type: string, size: number): Uint8Array =>
  concatenate([bigEndian(4, BOX_HEAD_BYTES + size), ascii(type)]);

/** A box with its content, below 2^32 - 8 bytes. @param type four letters */
export function box(type: string, ...content: readonly Uint8Array[]): Uint8Array {
  const size = content.reduce((sum, { length }) => sum + length, 0);
  return concatenate([boxHead(type, size), ...content]);
}

/** A box whose content begins with a version and 24 flags. */
export const fullBox = (type: string, version: number, flags: number, ...content: readonly Uint8Array[]): Uint8Array =>
  box(type, bigEndian(1, version), bigEndian(3, flags), ...content);
