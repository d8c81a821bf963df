import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';

/**
 * Writes a file under a temporary name and renames it, so that a reader sees either the old file or the complete new one. Creates
 * missing folders.
 * @throws {InputError} when the file cannot be written
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw new InputError(`${path}: cannot be written: ${errorMessage(cause)}`, { cause });
  }
}

/** Writes a value as one line of JSON with {@link writeAtomically}. @throws {InputError} when the file cannot be written */
export const writeJsonAtomically = (path: string, value: unknown): void =>
  writeAtomically(path, `${JSON.stringify(value)}\n`);
