import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstLine, InputError, PraxisError } from '@praxis/core';

/** Extensions of modules that a user may name. */
const MODULE_FILE = /\.[cm]?[jt]s$/;

/** True for the path of a TypeScript or JavaScript file. */
export const isModulePath = (path: string): boolean => MODULE_FILE.test(path);

/**
 * Imports a user's module, in TypeScript or JavaScript, and returns its default export.
 * @throws {InputError} that names the file when it is missing, does not compile, or fails while it runs
 */
export async function importDefault(path: string): Promise<unknown> {
  if (!existsSync(path)) throw new InputError(`${path}: not found, expected a module`);
  const url = pathToFileURL(resolve(path)).href;
  try {
    return await importWithTypes(url);
  } catch (cause) {
    if (cause instanceof PraxisError) throw cause;
    throw new InputError(`${path}: cannot be imported, ${firstLine(cause)}`, { cause });
  }
}

/** Imports a module; the loader for TypeScript is registered only where Node needs it. */
async function importWithTypes(url: string): Promise<unknown> {
  try {
    return ((await import(url)) as { default?: unknown }).default;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    const { register } = await import('tsx/esm/api');
    register();
    return ((await import(url)) as { default?: unknown }).default;
  }
}
