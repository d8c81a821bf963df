import type { MessageDefinition, MessageDefinitionField } from '@foxglove/message-definition';
import { messageCodec } from '../../cdr/codec.ts';
import { definitionsOf } from '../../definitions/definitions.ts';
import { MessageError } from '../../messages/messages.ts';

/** Base64 of bytes. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  // `apply` takes no more arguments than the stack has room for.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 0x8000) as unknown as number[]);
  }
  return btoa(text);
}

/**
 * A decoded message as a value of JSON, as rosbridge writes it: bytes in base64, numbers that JSON lacks as null, times as
 * `{ sec, nanosec }`.
 */
export function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Uint8Array) return base64Of(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number | bigint>, jsonOf);
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, jsonOf(each)]));
}

/**
 * Encodes a message that is a value of JSON. Fields may be absent, and are then zero.
 * @param type as `package/msg/Name`
 * @throws {MessageError} that names the field
 */
export function cdrOfJson(type: string, json: unknown): Uint8Array {
  const definitions = definitionsOf(type);
  const byName = new Map(definitions.map((definition) => [definition.name ?? '', definition]));
  return messageCodec<string>(type).write(structOf(type, definitions[0], json, byName));
}

type Definitions = ReadonlyMap<string, MessageDefinition>;

function structOf(path: string, { definitions }: MessageDefinition, json: unknown, all: Definitions): object {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new MessageError(`${path}: expected an object`);
  const fields = definitions.filter(({ isConstant }) => !isConstant);
  const unknown = Object.keys(json).find((name) => fields.every((field) => field.name !== name));
  if (unknown !== undefined) throw new MessageError(`${path}: field ${JSON.stringify(unknown)} is unknown`);
  return Object.fromEntries(
    fields
      .filter(({ name }) => Object.hasOwn(json, name))
      .map((field) => {
        const value = (json as Readonly<Record<string, unknown>>)[field.name];
        return [field.name, fieldOf(`${path}.${field.name}`, field, value, all)];
      }),
  );
}

function fieldOf(path: string, field: MessageDefinitionField, json: unknown, all: Definitions): unknown {
  if (!field.isArray) return elementOf(path, field, json, all);
  if (field.type === 'uint8' && typeof json === 'string') return bytesOf(path, json);
  if (!Array.isArray(json)) throw new MessageError(`${path}: expected an array`);
  return json.map((each, i) => elementOf(`${path}[${i}]`, field, each, all));
}

function elementOf(
  path: string,
  { type, isComplex }: MessageDefinitionField,
  json: unknown,
  all: Definitions,
): unknown {
  if (isComplex) return structOf(path, all.get(type)!, json, all);
  if (type === 'time' || type === 'duration') return timeOf(path, json);
  if (json === null && type.startsWith('float')) return Number.NaN;
  if (type.endsWith('int64') && !Number.isSafeInteger(json)) throw new MessageError(`${path}: expected an integer`);
  if (type === 'bool' && typeof json !== 'boolean') throw new MessageError(`${path}: expected true or false`);
  return json;
}

/** A time or duration, also with the field names of ROS 1. */
function timeOf(path: string, json: unknown): object {
  const given = json as Readonly<Record<'sec' | 'nanosec' | 'secs' | 'nsecs', number | undefined>> | null;
  if (typeof given !== 'object' || given === null) throw new MessageError(`${path}: expected { sec, nanosec }`);
  return { sec: given.sec ?? given.secs ?? 0, nanosec: given.nanosec ?? given.nsecs ?? 0 };
}

function bytesOf(path: string, text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  } catch (cause) {
    throw new MessageError(`${path}: expected base64`, { cause });
  }
}
