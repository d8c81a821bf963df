import { decode, encode } from '@msgpack/msgpack';
import { firstLine, PolicyError } from '@praxis/core';
import { checkStructure } from './message-structure.ts';
import { NdArray, ndArrayOf } from './nd-array.ts';

/** A value of a message. Arrays of numbers are {@link NdArray}s, as numpy's are; lists hold few values. */
export type WireValue = null | boolean | number | string | Uint8Array | NdArray | readonly WireValue[] | WireRecord;

/** A message, or a map inside one, by its keys. */
export interface WireRecord {
  readonly [key: string]: WireValue | undefined;
}

/** Keys of the map that stands for an array, which Python writes as bytes. */
const ARRAY_KEYS = ['__ndarray__', 'data', 'dtype', 'shape'] as const;
const [ARRAY_MARK] = ARRAY_KEYS;
/** Key of the map that stands for a single number of numpy's. */
const SCALAR_MARK = '__npgeneric__';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (each) => each.charCodeAt(0));
const ARRAY_KEY_BYTES = ARRAY_KEYS.map((key) => encode(ascii(key)));

/** Header of a map or a list: a short one in the byte `fixed`, otherwise 16 bits after the byte `long`. */
const header = (count: number, fixed: number, long: number): Uint8Array =>
  count < 16 ? Uint8Array.of(fixed | count) : Uint8Array.of(long, count >> 8, count & 255);

function append(value: WireValue, parts: Uint8Array[]): void {
  if (value instanceof NdArray) {
    parts.push(header(ARRAY_KEYS.length, 0x80, 0xde));
    for (const [i, each] of [true, value.bytes, value.dtype, value.shape].entries())
      parts.push(ARRAY_KEY_BYTES[i], encode(each));
  } else if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    parts.push(encode(value));
  } else if (isList(value)) {
    parts.push(header(value.length, 0x90, 0xdc));
    for (const each of value) append(each, parts);
  } else {
    const entries = Object.entries(value).filter((entry): entry is [string, WireValue] => entry[1] !== undefined);
    parts.push(header(entries.length, 0x80, 0xde));
    for (const [key, each] of entries) {
      parts.push(encode(key));
      append(each, parts);
    }
  }
}

const isList = (value: WireValue): value is readonly WireValue[] => Array.isArray(value);

/**
 * Encodes a message in MessagePack, with arrays as openpi's `msgpack_numpy` writes them: a map with the keys `__ndarray__`, `data`,
 * `dtype` and `shape` as bytes. Every other part is written by the library, which knows keys of text only.
 */
export function encodeMessage(message: WireRecord): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  append(message, parts);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Keys of bytes become text of the same characters. */
function keyOf(key: unknown): string {
  const text = key instanceof Uint8Array ? String.fromCharCode(...key.subarray(0, 64)) : String(key);
  if (text === '__proto__') throw new PolicyError('message: a key is __proto__');
  return text;
}

function revive(value: unknown): WireValue {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value as WireValue;
  const map = value as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(map, ARRAY_MARK)) return ndArrayOf(map.dtype, map.shape, map.data);
  if (Object.hasOwn(map, SCALAR_MARK))
    return typeof map.data === 'number' || typeof map.data === 'boolean' ? map.data : null;
  return Object.fromEntries(Object.entries(map).map(([key, each]) => [key, revive(each)]));
}

/**
 * Decodes a message. Nothing in it is executed or looked up by name: it becomes numbers, texts, bytes, lists, maps and arrays.
 * @throws {PolicyError} in one line when it is not one map of MessagePack, or has an array of another type or size than it says
 */
export function decodeMessage(bytes: Uint8Array): WireRecord {
  checkStructure(bytes);
  let value: unknown;
  try {
    value = decode(bytes, { mapKeyConverter: keyOf });
  } catch (cause) {
    if (cause instanceof PolicyError) throw cause;
    throw new PolicyError(`message of ${bytes.length} bytes: not MessagePack (${firstLine(cause)})`, { cause });
  }
  const message = revive(value);
  if (isRecord(message)) return message;
  throw new PolicyError(`message of ${bytes.length} bytes: expected a map, got ${describe(message)}`);
}

/** What a value is, for a message about it. */
export function describe(value: WireValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value instanceof NdArray) return `an array of shape [${value.shape}] and dtype ${value.dtype}`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value === null) return 'null';
  if (typeof value === 'object')
    return isList(value) ? `a list of ${value.length}` : `a map of ${Object.keys(value).length}`;
  return typeof value === 'string' ? `the text ${JSON.stringify(value.slice(0, 40))}` : String(value);
}

/** True for a map of a message. */
export const isRecord = (value: WireValue | undefined): value is WireRecord =>
  typeof value === 'object' &&
  value !== null &&
  !isList(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof NdArray);
