import { firstLine, InputError } from '@praxis/core';

/** Parses JSON. @param where name of the file in errors @throws {InputError} that names the file */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${where}: is not JSON (${firstLine(cause)})`, { cause });
  }
}
