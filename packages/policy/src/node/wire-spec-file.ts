import { firstLine, InputError } from '@praxis/core';
import { parse } from 'yaml';
import { parseWireSpec, type WireSpec } from '../remote/wire-spec.ts';
import { readInputFile } from './input-file.ts';

/**
 * Reads a file for `--policy-spec`, in YAML or JSON.
 * @throws {InputError} when it is missing or neither; {PolicyError} that names the first field that is wrong
 */
export function readWireSpec(path: string): WireSpec {
  const text = readInputFile(path, 'a policy spec').toString();
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw new InputError(`${path}: expected YAML or JSON, ${firstLine(cause)}`, { cause });
  }
  return parseWireSpec(value, path);
}
