import { errorMessage, InputError, jsonText } from '@praxis/core';
import type * as z from 'zod';

/** Parses JSON. @param where name of the file in errors @throws {InputError} that names the file */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${where}: expected JSON, ${errorMessage(cause)}`, { cause });
  }
}

/** The first field that breaks a schema, its value and what was expected, in one line. */
export function firstIssue(error: z.ZodError, json: unknown): string {
  const { path, message } = error.issues[0];
  const value = path.reduce<unknown>((each, key) => (each as Record<PropertyKey, unknown> | undefined)?.[key], json);
  const field = path.map(String).join('.') || 'file';
  return `${field} is ${jsonText(value)}, ${message.replace(/^.*?: (?=expected )/, '').replace(/, received .*$/, '')}`;
}
