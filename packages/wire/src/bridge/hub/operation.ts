import { InputError, jsonText } from '@praxis/core';

/** A JSON object of a client. */
export type JsonObject = Readonly<Record<string, unknown>>;

const shown = (value: unknown): string => (value === undefined ? 'absent' : jsonText(value));

/** Reads a text frame. @throws {InputError} if it is no JSON object with an `op` */
export function operationOf(text: string): JsonObject & { readonly op: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`text frame: no JSON: ${shown(text)}`, { cause });
  }
  const operation = asObject('text frame', json);
  return { ...operation, op: textIn(operation, 'op') };
}

/** @throws {InputError} if a value is no object */
export function asObject(name: string, value: unknown): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new InputError(`${name}: ${shown(value)}, expected an object`);
}

/** @throws {InputError} if a value is no text */
export function asText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new InputError(`${name}: ${shown(value)}, expected a text`);
}

/** A text of an object. @throws {InputError} if it has none of this name */
export const textIn = (object: JsonObject, name: string): string => asText(name, object[name]);

/** A text of an object; undefined if it is absent. @throws {InputError} if it is something else */
export const optionalTextIn = (object: JsonObject, name: string): string | undefined =>
  object[name] === undefined || object[name] === null ? undefined : textIn(object, name);

/** A whole number of 32 bits without sign. @throws {InputError} if it is something else */
export const idIn = (object: JsonObject, name: string): number => asId(name, object[name]);

/** @throws {InputError} if a value is no whole number of 32 bits without sign */
export function asId(name: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32) return value as number;
  throw new InputError(`${name}: ${shown(value)}, expected a whole number from 0 to 4294967295`);
}

/** A list of an object, each element read by a function. @throws {InputError} if it is no list */
export function listIn<T>(object: JsonObject, name: string, element: (value: unknown) => T): readonly T[] {
  const value = object[name];
  if (Array.isArray(value)) return value.map(element);
  throw new InputError(`${name}: ${shown(value)}, expected a list`);
}

/** A text that is one of a few. @throws {InputError} if it is another one */
export function oneOf<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((each) => each === value);
  if (found !== undefined) return found;
  throw new InputError(`${name} ${jsonText(value)}: expected one of ${known.join(', ')}`);
}
