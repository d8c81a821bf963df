import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';
import type { ByteSink } from '@praxis/wire/mcap';
import { createFolder } from '../../files/write.ts';

/** What happens to a file that exists. */
export type ExistingFile = 'refuse' | 'overwrite';

/** A file on disk that takes the bytes of a recording. A kill leaves what was written. */
export class FileSink implements ByteSink {
  readonly path: string;
  readonly #file: number;
  #written = 0;

  /** @throws {InputError} when the file exists and may not be overwritten, or cannot be made */
  constructor(path: string, existing: ExistingFile) {
    createFolder(dirname(path));
    this.path = path;
    try {
      this.#file = openSync(path, existing === 'overwrite' ? 'w' : 'wx');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw existsError(path);
      throw new InputError(`${path}: cannot be written: ${errorMessage(cause)}`, { cause });
    }
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#written;
  }

  /** @throws {InputError} when the system takes no more, as on a full disk; the file then ends before these bytes */
  write(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length; )
        at += writeSync(this.#file, bytes, at, bytes.length - at, this.#written + at);
      this.#written += bytes.length;
    } catch (cause) {
      this.#cutBack();
      throw new InputError(`${this.path}: cannot be written: ${errorMessage(cause)}`, { cause });
    }
  }

  /** Takes the bytes of a failed write back. */
  #cutBack(): void {
    try {
      ftruncateSync(this.#file, this.#written);
    } catch {
      // A device has no length; a reader finds the end of a file all the same.
    }
  }

  /** Waits until the bytes are on the disk, and closes the file. */
  close(): void {
    try {
      fsyncSync(this.#file);
    } catch {
      // A device or pipe cannot be synchronized.
    }
    closeSync(this.#file);
  }
}

/** The error for a recording that would overwrite a file. */
export const existsError = (path: string): InputError =>
  new InputError(`${path}: exists already, expected a new file or --overwrite`);
