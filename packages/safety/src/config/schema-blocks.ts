import { InputError, jsonText } from '@praxis/core';
import * as z from 'zod';

/*
 * Building blocks of the schemas. The error of each block describes the expected value, as the end of the sentence
 * "FIELD: is VALUE, expected ...", which `parse` completes.
 */

const ABOVE_ZERO = 'a number above 0';
const FROM_ZERO = 'a number from 0 on';
const SHARE = 'a number above 0 and at most 1';
const FROM_ONE = 'a number from 1 on';
const COUNT = 'a whole number from 1 on';

export const finite = z.number('a number');
export const positive = z.number(ABOVE_ZERO).positive(ABOVE_ZERO);
export const atLeastZero = z.number(FROM_ZERO).nonnegative(FROM_ZERO);
export const atLeastOne = z.number(FROM_ONE).min(1, FROM_ONE);
export const share = z.number(SHARE).positive(SHARE).max(1, SHARE);
export const count = z.number(COUNT).int(COUNT).min(1, COUNT);
export const text = z.string('text');

export const oneOf = <const T extends readonly string[]>(...words: T) =>
  z.enum(words, words.map((word) => `"${word}"`).join(' or '));

export const list = <T extends z.ZodType>(item: T) => z.array(item, 'a list');

/** An object with any names, all of whose values follow one schema. */
export const table = <T extends z.ZodType>(value: T) => z.record(z.string(), value, 'an object');

/** One number for all joints, or a table of numbers by joint name. */
export const perJoint = (value: z.ZodNumber) => z.union([value, table(value)]);

/** A vector of three numbers. */
export const vector = z.tuple([finite, finite, finite], '3 numbers');

/** An object with these fields and no others: a misspelt limit is an error, not a limit that is off. */
export const object = <S extends z.ZodRawShape>(shape: S) => {
  const fields = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `one of ${fields}` : 'an object'),
  });
};

/**
 * Checks a value from outside.
 * @param where name of the value in messages
 * @throws {InputError} with one line that names the field, its value and the expected one.
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = deepest(error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0], []);
  const field = issue.path.reduce<string>(
    (name, key) => name + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`),
    where,
  );
  if (issue.code === 'unrecognized_keys') {
    throw new InputError(`${field}.${issue.keys[0]}: is unknown, expected ${issue.message}`, { cause: error });
  }
  if (issue.code === 'custom') throw new InputError(`${field}: ${issue.message}`, { cause: error });
  const found = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], value);
  const shown = found === undefined ? 'absent' : jsonText(found);
  throw new InputError(`${field}: is ${shown}, expected ${issue.message}`, { cause: error });
}

/** The issue of a union's alternative that matched the value farthest, with its whole path. */
function deepest(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): z.core.$ZodIssue {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union') return { ...issue, path };
  const nested = issue.errors.map(([first]) => deepest(first, path));
  return nested.reduce((best, each) => (each.path.length > best.path.length ? each : best));
}
