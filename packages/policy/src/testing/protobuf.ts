/** Writes the subset of protobuf that small ONNX graphs need. */

const utf8 = new TextEncoder();

const varint = (value: number | bigint): number[] => {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return bytes;
};

/** Concatenates byte arrays. */
export const concatBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** Writes a field with an integer. */
export const intField = (field: number, value: number | bigint): Uint8Array =>
  Uint8Array.from([...varint(field * 8), ...varint(value)]);

/** Writes a field with a 32-bit float. */
export const floatField = (field: number, value: number): Uint8Array =>
  concatBytes([Uint8Array.from(varint(field * 8 + 5)), new Uint8Array(Float32Array.of(value).buffer)]);

/** Writes a field with bytes, a string, or a message of more fields. */
export function bytesField(number: number, content: Uint8Array | string | readonly Uint8Array[]): Uint8Array {
  const bytes =
    typeof content === 'string' ? utf8.encode(content) : Array.isArray(content) ? concatBytes(content) : content;
  return concatBytes([
    Uint8Array.from([...varint(number * 8 + 2), ...varint((bytes as Uint8Array).length)]),
    bytes as Uint8Array,
  ]);
}
