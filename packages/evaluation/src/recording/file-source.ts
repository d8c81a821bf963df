import { type FileHandle, open } from 'node:fs/promises';
import { errorMessage, InputError } from '@praxis/core';
import { type ByteSource, McapFile } from '@praxis/wire/mcap';

/** A file on disk, read at any place. */
class FileSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly #file: FileHandle;

  constructor(name: string, size: number, file: FileHandle) {
    this.name = name;
    this.size = size;
    this.#file = file;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, offset);
    if (bytesRead !== length) throw new InputError(`${this.name}: ${bytesRead} bytes at ${offset}, expected ${length}`);
    return bytes;
  }
}

/**
 * Opens an MCAP file, passes it on, and closes it.
 * @throws {InputError} when the file cannot be read
 * @throws {McapError} with the offset for an empty, foreign or damaged file
 */
export async function withMcapFile<T>(path: string, use: (file: McapFile) => Promise<T>): Promise<T> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    throw new InputError(`${path}: cannot be read: ${errorMessage(cause)}`, { cause });
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new InputError(`${path}: expected a file`);
    return await use(await McapFile.open(new FileSource(path, stats.size, handle)));
  } finally {
    await handle.close();
  }
}
