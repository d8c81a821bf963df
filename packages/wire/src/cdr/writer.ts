import { CdrWriter } from '@foxglove/cdr';
import type { MessageDefinition, MessageDefinitionField } from '@foxglove/message-definition';
import { errorMessage } from '@praxis/core';

type Fields = Readonly<Record<string, unknown>>;
type Write = (writer: CdrWriter, value: unknown) => void;

const utf8 = new TextEncoder();

/** Range of each integer type. A number outside it is an error; DataView would wrap it. */
const INTEGER_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  uint16: [0, 2 ** 16 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
};

function integer(type: string, value: unknown): number {
  const [least, most] = INTEGER_RANGES[type];
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  throw new Error(`${formatValue(value)}, expected ${type}`);
}

function real(type: string, value: unknown): number {
  if (typeof value === 'number') return value;
  throw new Error(`${formatValue(value)}, expected ${type}`);
}

function text(writer: CdrWriter, value: unknown): void {
  if (typeof value !== 'string') throw new Error(`${formatValue(value)}, expected a string`);
  const bytes = utf8.encode(value);
  writer.uint32(bytes.length + 1);
  writer.uint8Array(bytes);
  writer.uint8(0);
}

function time(writer: CdrWriter, value: unknown): void {
  const { sec = 0, nanosec = 0 } = value as { sec?: number; nanosec?: number };
  writer.int32(integer('int32', sec));
  writer.uint32(integer('uint32', nanosec));
}

const PRIMITIVES: Readonly<Record<string, { readonly zero: unknown; readonly write: Write }>> = {
  bool: { zero: false, write: (writer, value) => writer.uint8(value ? 1 : 0) },
  int8: { zero: 0, write: (writer, value) => writer.int8(integer('int8', value)) },
  uint8: { zero: 0, write: (writer, value) => writer.uint8(integer('uint8', value)) },
  int16: { zero: 0, write: (writer, value) => writer.int16(integer('int16', value)) },
  uint16: { zero: 0, write: (writer, value) => writer.uint16(integer('uint16', value)) },
  int32: { zero: 0, write: (writer, value) => writer.int32(integer('int32', value)) },
  uint32: { zero: 0, write: (writer, value) => writer.uint32(integer('uint32', value)) },
  int64: { zero: 0n, write: (writer, value) => writer.int64(BigInt(value as bigint)) },
  uint64: { zero: 0n, write: (writer, value) => writer.uint64(BigInt(value as bigint)) },
  float32: { zero: 0, write: (writer, value) => writer.float32(real('float32', value)) },
  float64: { zero: 0, write: (writer, value) => writer.float64(real('float64', value)) },
  string: { zero: '', write: text },
  time: { zero: {}, write: time },
  duration: { zero: {}, write: time },
};

/**
 * Encodes messages according to their definitions. The library's writer counts UTF-16 units instead of bytes, which
 * corrupts text outside ASCII, and wraps numbers that are out of range.
 */
export class MessageWriter {
  readonly #root: MessageDefinition;
  readonly #definitions: ReadonlyMap<string, MessageDefinition>;

  /** @param definitions the message's own definition first, then those of its parts */
  constructor(definitions: readonly MessageDefinition[]) {
    [this.#root] = definitions;
    this.#definitions = new Map(definitions.map((definition) => [definition.name ?? '', definition]));
  }

  /**
   * Encodes a message.
   * @param buffer holds the result if it is large enough; another one is made otherwise
   * @throws {Error} when a value does not fit its field; the message names the field.
   */
  write(message: object, buffer?: ArrayBufferLike): Uint8Array {
    // Initial size for the large top-level arrays (images, audio); the buffer grows if needed.
    let size = 256;
    for (const value of Object.values(message)) if (ArrayBuffer.isView(value)) size += value.byteLength + 8;
    const writer = new CdrWriter(buffer && buffer.byteLength >= size ? { buffer: buffer as ArrayBuffer } : { size });
    this.#writeStruct(this.#root, message as Fields, writer);
    return writer.data;
  }

  #writeStruct({ definitions }: MessageDefinition, message: Fields, writer: CdrWriter): void {
    let empty = true;
    for (const field of definitions) {
      if (field.isConstant) continue;
      empty = false;
      try {
        this.#writeField(field, message[field.name], writer);
      } catch (cause) {
        const reason = errorMessage(cause);
        const path = cause instanceof FieldError ? '.' : ': ';
        throw new FieldError(`${field.name}${path}${reason}`, { cause });
      }
    }
    // IDL has no empty structs; ROS 2 writes one byte for them.
    if (empty) writer.uint8(0);
  }

  #writeField(field: MessageDefinitionField, value: unknown, writer: CdrWriter): void {
    const write = this.#writerOf(field);
    if (!field.isArray) {
      write(writer, value ?? zeroOf(field));
      return;
    }
    const values = listOf(value, field);
    if (field.arrayLength === undefined) writer.uint32(values.length);
    if (field.type === 'uint8' && values instanceof Uint8Array) writer.uint8Array(values);
    else for (let i = 0; i < values.length; i++) write(writer, values[i]);
  }

  #writerOf({ type, isComplex }: MessageDefinitionField): Write {
    if (!isComplex) {
      const primitive = PRIMITIVES[type] as (typeof PRIMITIVES)[string] | undefined;
      if (!primitive) throw new Error(`of type ${type}, which cannot be written`);
      return primitive.write;
    }
    const definition = this.#definitions.get(type);
    if (!definition) throw new Error(`of type ${type}, which is unknown`);
    return (writer, value) => this.#writeStruct(definition, value as Fields, writer);
  }
}

/** An error whose message begins with the path of the field. */
class FieldError extends Error {}

const zeroOf = ({ type, isComplex }: MessageDefinitionField): unknown => (isComplex ? {} : PRIMITIVES[type].zero);

function listOf(value: unknown, field: MessageDefinitionField): ArrayLike<unknown> {
  const { arrayLength } = field;
  if (value === undefined) return Array.from({ length: arrayLength ?? 0 }, () => zeroOf(field));
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) throw new Error(`${formatValue(value)}, expected an array`);
  const list = value as ArrayLike<unknown>;
  if (arrayLength === undefined || list.length === arrayLength) return list;
  throw new Error(`${list.length} elements, expected ${arrayLength}`);
}

const formatValue = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));
