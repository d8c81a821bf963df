import { compress, decompress, init } from '@bokuweb/zstd-wasm';
import { InputError, PraxisError } from '@praxis/core';

/** The fastest of 22 levels, with which the thread of a recording keeps up with its cameras. */
const LEVEL = 1;
/** Most bytes on either side. The module has 2 GiB and does not say when they are used up. */
const MAX_BYTES = 512 * 1024 ** 2;

/**
 * The module's loading stands on the function that loads it, which all copies of this file in a process share: a second call would exchange
 * the memory under whoever compresses.
 */
const LOADING = Symbol.for('@praxis/wire: loading of zstd');
let loaded = false;

/**
 * Loads the WebAssembly module of zstd, once in a process. In a browser it is a file that the page's bundler puts beside its own, as Vite does.
 * Whoever writes chunks awaits it first; a reader awaits it by itself.
 */
export async function loadZstd(): Promise<void> {
  const shared = init as typeof init & { [LOADING]?: Promise<void> };
  shared[LOADING] ??= init();
  await shared[LOADING];
  loaded = true;
}

/** Compresses bytes to one zstd frame. @throws {PraxisError} before {@link loadZstd} and for more than 512 MiB */
export function compressZstd(content: Uint8Array): Uint8Array {
  checkLoaded();
  if (content.length > MAX_BYTES) throw new PraxisError(`zstd: ${content.length} bytes, expected at most ${MAX_BYTES}`);
  return compress(content, LEVEL);
}

/**
 * Decompresses one zstd frame.
 * @param size number of bytes of the content; no more are allocated
 * @throws {InputError} in one line when the frame is not valid or has another size
 * @throws {PraxisError} before {@link loadZstd}
 */
export function decompressZstd(frame: Uint8Array, size: number): Uint8Array {
  checkLoaded();
  const fault = (reason: string, cause?: unknown): InputError =>
    new InputError(`zstd frame of ${frame.length} bytes: ${reason}`, { cause });
  if (Math.max(frame.length, size) > MAX_BYTES) throw fault(`${size} bytes of content, expected at most ${MAX_BYTES}`);
  const stated = contentSize(frame) ?? size;
  if (stated !== size) throw fault(`${stated} bytes of content, expected ${size}`);
  let content: Uint8Array;
  try {
    content = decompress(frame, { defaultHeapSize: size });
  } catch (cause) {
    throw fault('it is damaged', cause);
  }
  if (content.length !== size) throw fault(`${content.length} bytes of content, expected ${size}`);
  return content;
}

function checkLoaded(): void {
  if (!loaded) throw new PraxisError('zstd: its module is not loaded, expected `await loadZstd()` first');
}

const MAGIC = 0xfd2fb528;

/**
 * The size that the header of a frame states (RFC 8878, 3.1.1.1), for which the module would allocate memory unasked; undefined without
 * one.
 */
function contentSize(frame: Uint8Array): number | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 5 || view.getUint32(0, true) !== MAGIC) return undefined;
  const descriptor = frame[4];
  const singleSegment = (descriptor & 0x20) !== 0;
  const at = 5 + (singleSegment ? 0 : 1) + [0, 1, 2, 4][descriptor & 3];
  const bytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6];
  if (bytes === 0 || at + bytes > frame.length) return undefined;
  if (bytes === 1) return frame[at];
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
