import { createHash } from 'node:crypto';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { InputError } from '@praxis/core';

export interface DownloadOptions {
  readonly url: string;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  /** File for what has come; what an earlier run left there is gone on from. */
  readonly partialFile: string;
  readonly signal?: AbortSignal;
  /**
   * @param received bytes that are here
   * @param total bytes of the whole file; undefined when the server does not say
   */
  readonly onProgress?: (received: number, total: number | undefined) => void;
}

/**
 * Fetches a file, and only what is missing of it. Ended at any moment it leaves a beginning of the file, which the next run
 * completes; it resolves when the whole file is there and is the one that was wanted.
 * @throws {InputError} without a network, on a full disk, on a status that is no success, on another checksum; or with the
 * signal's reason
 */
export async function download(wanted: DownloadOptions): Promise<void> {
  const { url, sha256, partialFile, signal } = wanted;
  if (sizeOf(partialFile) > 0 && (await digestOf(partialFile)) === sha256) return;
  try {
    await receive(wanted);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof InputError
      ? error
      : new InputError(`${url}: ${reasonOf(error, partialFile)}`, { cause: error });
  }
  const digest = await digestOf(partialFile);
  if (digest === sha256) return;
  rmSync(partialFile);
  throw new InputError(`${url}: its SHA-256 is ${digest}, expected ${sha256}; what came is deleted`);
}

async function receive({ url, partialFile, signal, onProgress }: DownloadOptions): Promise<void> {
  const have = sizeOf(partialFile);
  const headers = { 'accept-encoding': 'identity', ...(have > 0 && { range: `bytes=${have}-` }) };
  let response = await fetch(url, { headers, signal });
  if (response.status === 416) {
    // There is no more, and yet it is not the file that was wanted: all of it once more.
    response = await fetch(url, { headers: { 'accept-encoding': 'identity' }, signal });
  }
  if (!response.ok || !response.body) {
    throw new InputError(`${url}: the server answers ${response.status} ${response.statusText}`.trim());
  }
  const rest = response.status === 206 ? remainingRange(response, have, url) : undefined;
  const total = rest?.total ?? (Number(response.headers.get('content-length')) || undefined);
  let received = rest ? have : 0;
  onProgress?.(received, total);
  const file = await open(partialFile, rest ? 'a' : 'w');
  try {
    // One after the other: what came before the connection breaks is in the file.
    for await (const chunk of Readable.fromWeb(response.body as ReadableStream<Uint8Array>)) {
      const bytes = chunk as Uint8Array;
      await file.writeFile(bytes);
      received += bytes.length;
      onProgress?.(received, total);
    }
  } finally {
    await file.close();
  }
}

/** @throws {InputError} on a part that is not the one that is missing */
function remainingRange(response: Response, have: number, url: string): { readonly total: number | undefined } {
  const range = response.headers.get('content-range') ?? '';
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
  if (Number(start) !== have)
    throw new InputError(`${url}: the server sends "${range}", expected bytes from ${have} on`);
  return { total: Number(total) || undefined };
}

function reasonOf(error: unknown, partialFile: string): string {
  const { code, message, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const why = full ? 'the disk is full' : cause instanceof Error && cause.message ? cause.message : message;
  const have = sizeOf(partialFile);
  return have === 0 ? why : `${why}; ${(have / 1e6).toFixed(1)} MB are kept in ${partialFile}: run it again to go on`;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
