import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { errorMessage, InputError } from '@praxis/core';
import type { ByteSink } from '@praxis/wire/mcap';
import { FileSink } from '../recording/thread/file-sink.ts';

/** A file that is written beside its place and gets its name once it is complete. Who made it commits or discards it. */
export class StagedFile implements ByteSink {
  readonly #path: string;
  readonly #part: string;
  readonly #sink: FileSink;
  #state: 'open' | 'ended' = 'open';

  /** @throws {InputError} when no file can be made there */
  constructor(path: string) {
    this.#path = path;
    this.#part = `${path}.${randomUUID().slice(0, 8)}.part`;
    this.#sink = new FileSink(this.#part, 'refuse');
  }

  write(bytes: Uint8Array): void {
    this.#sink.write(bytes);
  }

  /** Puts the file at its place, where it replaces another one. @returns its size (bytes) @throws {InputError} when that is not possible */
  commit(): number {
    this.#end();
    try {
      renameSync(this.#part, this.#path);
    } catch (cause) {
      rmSync(this.#part, { force: true });
      throw new InputError(`${this.#path}: cannot be written: ${errorMessage(cause)}`, { cause });
    }
    return this.#sink.size;
  }

  /** Removes what was written; after {@link commit} it changes nothing. */
  discard(): void {
    if (this.#state === 'ended') return;
    this.#end();
    rmSync(this.#part, { force: true });
  }

  #end(): void {
    this.#state = 'ended';
    this.#sink.close();
  }
}
