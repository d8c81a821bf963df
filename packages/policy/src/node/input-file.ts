import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { InputError } from '@praxis/core';

/**
 * Reads a file that the user named. The pipe of a shell's `<(...)` and standard input are read to their end; a named pipe is refused,
 * since opening it waits until another program writes into it.
 * @param expected what the file should be, such as `a URDF file`
 * @throws {InputError} in one line when the file is missing, is a folder, a device or a named pipe, or cannot be read
 */
export function readInputFile(path: string, expected: string): Buffer {
  try {
    requireReadable(path);
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof InputError) throw new InputError(`${cause.message}, expected ${expected}`, { cause });
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new InputError(`${path}: cannot be read (${reason}), expected ${expected}`, { cause });
  }
}

/** Refuses what cannot be read as a file: a folder, a device or a named pipe. @throws {InputError | NodeJS.ErrnoException} when it is missing, too */
export function requireReadable(path: string): void {
  const found = statSync(path);
  if (found.isDirectory()) throw new InputError(`${path}: is a folder`);
  // A device such as /dev/zero has no end.
  if (found.isBlockDevice() || (found.isCharacterDevice() && path !== '/dev/stdin')) {
    throw new InputError(`${path}: is a device`);
  }
  if (!found.isFIFO()) return;
  // An open pipe of this process has a link in `/proc` or `/dev/fd`.
  const isOpen = lstatSync(path).isSymbolicLink() && !lstatSync(realpathOf(path), { throwIfNoEntry: false })?.isFIFO();
  if (!isOpen) throw new InputError(`${path}: is a named pipe`);
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return '';
  }
}
