import { type EncodeOptions, encode, Token, Type } from 'cborg';

type TypeEncoders = NonNullable<EncodeOptions['typeEncoders']>;

/** Tags of arrays of numbers, little endian (RFC 8746). */
const TYPED_ARRAY_TAGS = {
  Uint16Array: 69,
  Uint32Array: 70,
  BigUint64Array: 71,
  Int8Array: 72,
  Int16Array: 77,
  Int32Array: 78,
  BigInt64Array: 79,
  Float32Array: 85,
  Float64Array: 86,
} as const;

const tagged =
  (tag: number): TypeEncoders[string] =>
  (view: ArrayBufferView) => [
    new Token(Type.tag, tag),
    new Token(Type.bytes, new Uint8Array(view.buffer, view.byteOffset, view.byteLength)),
  ];

const typeEncoders: TypeEncoders = {
  ...Object.fromEntries(Object.entries(TYPED_ARRAY_TAGS).map(([name, tag]) => [name, tagged(tag)])),
  undefined: () => [new Token(Type.null, null)],
};

/** Encodes a value as CBOR (RFC 8949), with arrays of numbers as RFC 8746 has them. A value that is undefined is null. */
export const cborOf = (value: unknown): Uint8Array =>
  encode(value, { typeEncoders, float64: true, mapSorter: () => 0 });
