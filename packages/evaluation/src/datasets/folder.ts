import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile, link, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';
import { type DatasetFiles, DatasetReader, type DatasetSink, type DatasetTarget } from '@praxis/wire/lerobot';
import type { ByteSource } from '@praxis/wire/mcap';
import { createFolder } from '../files/write.ts';
import { FileSink } from '../recording/thread/file-sink.ts';

/** A file of a dataset, opened for each read. */
class StoredFile implements ByteSource {
  readonly name: string;
  readonly size: number;

  constructor(name: string, size: number) {
    this.name = name;
    this.size = size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const handle = await open(this.name, 'r');
    try {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, offset);
      if (bytesRead !== length)
        throw new InputError(`${this.name}: ${bytesRead} bytes at ${offset}, expected ${length}`);
      return bytes;
    } finally {
      await handle.close();
    }
  }
}

const filesBelow = (root: string, folder: string): readonly string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        return entry.isDirectory() ? filesBelow(root, path) : [path];
      })
    : [];

/** The files of a dataset in a folder. */
export const folderFiles = (root: string): DatasetFiles => ({
  name: root,
  list: async (folder) => [...filesBelow(root, folder)].sort(),
  async open(path) {
    const full = join(root, path);
    const stats = await stat(full).catch(() => undefined);
    return stats?.isFile() ? new StoredFile(full, stats.size) : undefined;
  },
});

/**
 * Opens the LeRobotDataset in a folder.
 * @throws {InputError} for a folder that does not exist
 * @throws {DatasetError} in one line for another format or version, and for files that are missing or damaged
 */
export async function openDatasetFolder(path: string): Promise<DatasetReader> {
  if (!existsSync(path)) throw new InputError(`${path}: does not exist, expected the folder of a LeRobotDataset`);
  return DatasetReader.open(folderFiles(path));
}

/**
 * A dataset that is written beside its place and gets its name once it is complete: until {@link commit} nothing changes there, and
 * {@link discard} leaves nothing behind.
 */
export class StagedDataset implements DatasetTarget {
  readonly #out: string;
  readonly #part: string;
  readonly #sinks = new Set<DatasetSink>();

  private constructor(out: string) {
    this.#out = resolve(out);
    this.#part = `${this.#out}.${randomUUID().slice(0, 8)}.part`;
  }

  /** Begins a new dataset. @throws {InputError} when something is at its place */
  static async create(out: string): Promise<StagedDataset> {
    if (existsSync(out)) throw new InputError(`${out}: exists already, expected a new folder`);
    const staged = new StagedDataset(out);
    createFolder(staged.#part);
    return staged;
  }

  /** Begins with the files of the dataset that is there, which keep their bytes. */
  static async extend(out: string): Promise<StagedDataset> {
    const staged = new StagedDataset(out);
    createFolder(staged.#part);
    await staged.adopt(out, filesBelow(out, ''));
    return staged;
  }

  /** Takes files of another folder over, as links where the file system has them. @param rename gives a file another path */
  async adopt(
    from: string,
    paths: readonly string[],
    rename: (path: string) => string = (path) => path,
  ): Promise<void> {
    for (const path of paths) {
      const target = join(this.#part, rename(path));
      await mkdir(dirname(target), { recursive: true });
      await link(join(from, path), target).catch(() => copyFile(join(from, path), target));
    }
  }

  create(path: string): DatasetSink {
    const full = join(this.#part, path);
    // Its bytes may be those of the dataset that is there.
    rmSync(full, { force: true });
    const sink = new FileSink(full, 'refuse');
    this.#sinks.add(sink);
    return {
      write: (bytes) => sink.write(bytes),
      close: () => {
        this.#sinks.delete(sink);
        sink.close();
      },
    };
  }

  /** Puts the dataset at its place. @throws {InputError} when that is not possible; then what was there stays */
  commit(): void {
    const before = `${this.#part}.before`;
    try {
      const replaces = existsSync(this.#out);
      if (replaces) renameSync(this.#out, before);
      renameSync(this.#part, this.#out);
      if (replaces) rmSync(before, { recursive: true });
    } catch (cause) {
      if (existsSync(before) && !existsSync(this.#out)) renameSync(before, this.#out);
      throw new InputError(`${this.#out}: cannot be written: ${errorMessage(cause)}`, { cause });
    }
  }

  /** Removes what was written. */
  discard(): void {
    for (const sink of this.#sinks) sink.close();
    this.#sinks.clear();
    rmSync(this.#part, { recursive: true, force: true });
  }

  /** Runs `write`, then commits what it wrote, or discards it when it throws. */
  async complete<T>(write: () => Promise<T>): Promise<T> {
    try {
      const result = await write();
      this.commit();
      return result;
    } catch (error) {
      this.discard();
      throw error;
    }
  }
}
