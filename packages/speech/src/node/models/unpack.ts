import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';

/**
 * Unpacks a .tar.bz2 archive with the system's `tar`. The folder appears only once it is complete. If the archive holds a single
 * directory, that becomes the folder.
 * @throws {InputError} without tar and bzip2 and on an invalid archive; the signal's reason after an abort
 */
export async function unpack(archive: string, folder: string, signal?: AbortSignal): Promise<void> {
  const staging = `${folder}.part`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging);
  try {
    await untar(archive, staging, signal);
    const [first, ...others] = readdirSync(staging);
    if (first === undefined) throw new InputError(`${archive}: expected an archive with files`);
    const inner = join(staging, first);
    renameSync(others.length === 0 && statSync(inner).isDirectory() ? inner : staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Passes the archive through standard input, because tar takes a name with a colon for one on another machine. */
function untar(archive: string, into: string, signal?: AbortSignal): Promise<void> {
  const file = openSync(archive, 'r');
  return new Promise<void>((resolve, reject) => {
    const tar = spawn('tar', ['-xj', '--no-same-owner', '-f', '-', '-C', into], {
      stdio: [file, 'ignore', 'pipe'],
      signal,
    });
    let errorLine = '';
    tar.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errorLine ||= text.split('\n')[0];
    });
    const fail = (why: string) =>
      reject(
        signal?.aborted
          ? signal.reason
          : new InputError(`${archive} cannot be unpacked: ${why} (needs tar and bzip2: apt-get install tar bzip2)`),
      );
    tar.on('error', (error) => fail(error.message));
    tar.on('close', (status) => (status === 0 ? resolve() : fail(errorLine || `tar exited with status ${status}`)));
  }).finally(() => closeSync(file));
}
