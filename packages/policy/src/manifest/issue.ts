import { jsonText } from '@praxis/core';
import type * as z from 'zod';

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((each, key) => (each as Record<PropertyKey, unknown> | undefined)?.[key], value);

const formatPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '') || 'file';

/**
 * The first field of a parsed file that breaks its schema, in one line: `inputs[0].steps is "two", expected number`.
 * @param json the content that the schema refused
 */
export function issueText(error: z.ZodError, json: unknown): string {
  const [issue] = error.issues;
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0]];
    return `${formatPath(path)} is ${jsonText(valueAt(json, path))}, expected no such field`;
  }
  const expected = issue.message.replace(/^.*?: (?=expected )/, '').replace(/, received .*$/, '');
  return `${formatPath(issue.path)} is ${jsonText(valueAt(json, issue.path))}, ${expected}`;
}
