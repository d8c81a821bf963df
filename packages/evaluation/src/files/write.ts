import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';

/** What lies at a path, also behind a link; undefined where nothing can. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const isFolder = (path: string): boolean => statsOf(path)?.isDirectory() ?? false;

/** Creates a folder and those above it. Node's own recursive call does not return for a folder in `/proc`. */
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may make it at the same time.
    if (!isFolder(path)) throw error;
  }
}

/** Creates a folder and those above it. @throws {InputError} when it cannot be made, or is a file */
export function createFolder(path: string): void {
  try {
    makeFolder(resolve(path));
  } catch (cause) {
    throw new InputError(`${path}: cannot be made a folder: ${errorMessage(cause)}`, { cause });
  }
}

/**
 * Checks before a long measurement that a file can be written: that its folder can be made or takes a new file, and that a file of that
 * name can be replaced. Nothing is left behind.
 * @param what names the file in the message, such as `--out table.md`
 * @throws {InputError} when the file could not be written
 */
export function checkWritable(path: string, what = path): void {
  requireFile(path, what);
  let folder = dirname(resolve(path));
  while (!statsOf(folder)) folder = dirname(folder);
  const probe = join(folder, `.praxis-${process.pid}.part`);
  try {
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
  } catch (cause) {
    throw new InputError(`${what}: cannot be written: ${errorMessage(cause)}`, { cause });
  }
}

function requireFile(path: string, what: string): void {
  const found = statsOf(path);
  if (!found || found.isFile()) return;
  throw new InputError(`${what}: expected a file, not a ${found.isDirectory() ? 'folder' : 'device or pipe'}`);
}

/**
 * Writes a file under a temporary name and renames it, so that a reader sees either the old file or the complete new one. Creates
 * missing folders.
 * @throws {InputError} when the file cannot be written, or is a device or a pipe
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  requireFile(path, path);
  try {
    makeFolder(resolve(dirname(path)));
    // Of its own name, since processes on several machines may write the same file.
    const part = `${path}.${randomUUID()}.part`;
    try {
      writeFileSync(part, content);
      renameSync(part, path);
    } finally {
      rmSync(part, { force: true });
    }
  } catch (cause) {
    throw new InputError(`${path}: cannot be written: ${errorMessage(cause)}`, { cause });
  }
}

/** Writes a value as one line of JSON with {@link writeAtomically}. @throws {InputError} when the file cannot be written */
export const writeJsonAtomically = (path: string, value: unknown): void =>
  writeAtomically(path, `${JSON.stringify(value)}\n`);
