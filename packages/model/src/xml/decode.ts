import { InputError } from '@praxis/core';

/** Encodings by the byte order mark at the start of a file. */
const MARKS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * Decodes the bytes of an XML file: by its byte order mark, else by the encoding that its declaration names, else as UTF-8.
 * @throws {InputError} when the encoding is unknown, or the bytes are not in it.
 */
export function decodeXml(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1];
  const marked = MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1];
  const encoding = marked ?? declared ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new InputError(`not XML: encoding "${encoding}" is unknown; save the file as UTF-8`, { cause });
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new InputError(`not XML: the bytes are not ${encoding}; save the file as UTF-8`, { cause });
  }
}
