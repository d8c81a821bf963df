import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { type DownloadOptions, download } from './download.ts';
import { unpack } from './unpack.ts';

/** A model to fetch and the folder for it. */
export interface FetchModelOptions extends Pick<DownloadOptions, 'signal' | 'onProgress'> {
  /** Name of the model's folder. */
  readonly name: string;
  /** Address of a .tar.bz2 archive. */
  readonly url: string;
  /** Checksum of the archive, hexadecimal. */
  readonly sha256: string;
  /** Folder that receives the model's folder. */
  readonly to: string;
}

/** A model on this machine. */
export interface FetchedModel {
  readonly folder: string;
  /** `now`: this call fetched it; `before`: the folder existed already. */
  readonly came: 'now' | 'before';
}

/**
 * Downloads and unpacks a model unless its folder exists. An interrupted call leaves no incomplete model, and the next one
 * continues the download.
 * @throws {InputError} on a failure, with a reason of one line; the signal's reason after an abort
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
    throw new InputError(`${to}: expected a writable folder`, { cause });
  }
  const partialFile = `${folder}.tar.bz2.part`;
  await download({ url, sha256, partialFile, signal, onProgress });
  await unpack(partialFile, folder, signal);
  rmSync(partialFile);
  return { folder, came: 'now' };
}
