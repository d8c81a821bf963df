import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { type DownloadOptions, download } from './download.ts';
import { unpack } from './unpack.ts';

export interface FetchModelOptions extends Pick<DownloadOptions, 'signal' | 'onProgress'> {
  /** The model's folder is called so. */
  readonly name: string;
  /** Of a .tar.bz2 archive. */
  readonly url: string;
  readonly sha256: string;
  /** Folder of the models. */
  readonly to: string;
}

export interface FetchedModel {
  readonly folder: string;
  readonly came: 'now' | 'before';
}

/**
 * Fetches and unpacks a model, once. Ended at any moment it leaves no folder that is half a model; the next run goes on.
 * @throws {InputError} when it cannot be had, with one line on why; or with the signal's reason
 */
export async function fetchModel({
  name,
  url,
  sha256,
  to,
  signal,
  onProgress,
}: FetchModelOptions): Promise<FetchedModel> {
  const folder = join(to, name);
  if (existsSync(folder)) return { folder, came: 'before' };
  try {
    mkdirSync(to, { recursive: true });
  } catch (cause) {
    throw new InputError(`${to}: expected a folder that can be written to`, { cause });
  }
  const partialFile = `${folder}.tar.bz2.part`;
  await download({ url, sha256, partialFile, signal, onProgress });
  await unpack(partialFile, folder, signal);
  rmSync(partialFile);
  return { folder, came: 'now' };
}
