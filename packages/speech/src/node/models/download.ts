import { createHash } from 'node:crypto';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { InputError } from '@praxis/core';

/** Source and destination of a download. */
export interface DownloadOptions {
  readonly url: string;
  /** Checksum of the whole file, hexadecimal. */
  readonly sha256: string;
  /** File that receives the data; a download continues after the data of an earlier run. */
  readonly partialFile: string;
  readonly signal?: AbortSignal;
  /**
   * @param received bytes in the file
   * @param total bytes of the whole file; undefined when the server does not declare it
   */
  readonly onProgress?: (received: number, total: number | undefined) => void;
}

/**
 * Downloads the missing part of a file and verifies its checksum. An interrupted download leaves a partial file, which the next
 * one completes.
 * @throws {InputError} without a network, on a full disk, on an HTTP error and on another checksum; the signal's reason after an
 * abort
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { url, sha256, partialFile, signal } = options;
  if (sizeOf(partialFile) > 0 && (await digestOf(partialFile)) === sha256) return;
  try {
    await receive(options);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof InputError
      ? error
      : new InputError(`${url}: ${reasonOf(error, partialFile)}`, { cause: error });
  }
  const digest = await digestOf(partialFile);
  if (digest === sha256) return;
  rmSync(partialFile);
  throw new InputError(`${url}: its SHA-256 is ${digest}, expected ${sha256}; the download was deleted`);
}

async function receive({ url, partialFile, signal, onProgress }: DownloadOptions): Promise<void> {
  const have = sizeOf(partialFile);
  const headers = { 'accept-encoding': 'identity', ...(have > 0 && { range: `bytes=${have}-` }) };
  let response = await fetch(url, { headers, signal });
  if (response.status === 416) {
    // The partial file is as long as the whole one but has another checksum: start again.
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
    // Awaiting each write keeps the data of a connection that breaks.
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

/** @throws {InputError} on another part than the missing one */
function remainingRange(response: Response, have: number, url: string): { readonly total: number | undefined } {
  const range = response.headers.get('content-range') ?? '';
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
  if (Number(start) !== have)
    throw new InputError(`${url}: the server sends "${range}", expected bytes from ${have} on`);
  return { total: Number(total) || undefined };
}

function reasonOf(error: unknown, partialFile: string): string {
  const { code, message, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  const diskFull = code === 'ENOSPC' || code === 'EDQUOT';
  const why = diskFull ? 'the disk is full' : cause instanceof Error && cause.message ? cause.message : message;
  const have = sizeOf(partialFile);
  return have === 0
    ? why
    : `${why}; ${(have / 1e6).toFixed(1)} MB are kept in ${partialFile}: run the command again to continue`;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
