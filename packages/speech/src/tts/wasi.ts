const ERRNO = { success: 0, badf: 8, noent: 44 } as const;
const ROOT = 3;

/** Thrown through the program to end it. */
class Exit {
  readonly status: number;
  constructor(status: number) {
    this.status = status;
  }
}

export interface Ran {
  readonly status: number;
  /** What it wrote to standard output and error. */
  readonly said: string;
  /** Files that it wrote, by path without the leading slash. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Runs a WASI command with files in memory: as much of the interface (preview 1) as a program needs that writes files and
 * reads none. The same in Node and in a browser; the program sees nothing of the machine.
 */
export function runWasi(module: WebAssembly.Module, args: readonly string[]): Ran {
  let memory: WebAssembly.Memory | undefined;
  const data = (): DataView => new DataView((memory as WebAssembly.Memory).buffer);
  const bytes = (at: number, length: number) => new Uint8Array((memory as WebAssembly.Memory).buffer, at, length);
  const encoded = args.map((arg) => new TextEncoder().encode(`${arg}\0`));
  const open = new Map<number, MemoryFile>();
  const files = new Map<string, MemoryFile>();
  const said = new MemoryFile();
  open.set(1, said);
  open.set(2, said);
  let next = ROOT + 1;

  const wasi: Record<string, (...values: number[]) => number> = {
    args_sizes_get(count, size) {
      data().setUint32(count, encoded.length, true);
      data().setUint32(
        size,
        encoded.reduce((total, { length }) => total + length, 0),
        true,
      );
      return ERRNO.success;
    },
    args_get(pointers, buffer) {
      let at = buffer;
      for (const [i, arg] of encoded.entries()) {
        data().setUint32(pointers + 4 * i, at, true);
        bytes(at, arg.length).set(arg);
        at += arg.length;
      }
      return ERRNO.success;
    },
    // No clock: the same text gives the same sound.
    clock_time_get(_clock, _low, result) {
      data().setBigUint64(result, 0n, true);
      return ERRNO.success;
    },
    fd_close: (fd) => (open.delete(fd) ? ERRNO.success : ERRNO.badf),
    fd_fdstat_get(fd, result) {
      bytes(result, 24).fill(0);
      // 3 a directory, 4 a file, 2 a terminal; all rights.
      data().setUint8(result, fd === ROOT ? 3 : fd > ROOT ? 4 : 2);
      data().setBigUint64(result + 8, 0xffff_ffff_ffff_ffffn, true);
      data().setBigUint64(result + 16, 0xffff_ffff_ffff_ffffn, true);
      return fd <= ROOT || open.has(fd) ? ERRNO.success : ERRNO.badf;
    },
    fd_fdstat_set_flags: () => ERRNO.success,
    fd_prestat_get(fd, result) {
      if (fd !== ROOT) return ERRNO.badf;
      data().setUint32(result, 0, true);
      data().setUint32(result + 4, 1, true);
      return ERRNO.success;
    },
    fd_prestat_dir_name(fd, path) {
      if (fd !== ROOT) return ERRNO.badf;
      bytes(path, 1)[0] = '/'.charCodeAt(0);
      return ERRNO.success;
    },
    fd_read(_fd, _vectors, _count, result) {
      data().setUint32(result, 0, true);
      return ERRNO.success;
    },
    fd_seek(fd, offset, whence, result) {
      const file = open.get(fd);
      if (!file || fd < ROOT) return ERRNO.badf;
      file.seek(Number(offset), whence);
      data().setBigUint64(result, BigInt(file.at), true);
      return ERRNO.success;
    },
    fd_write(fd, vectors, count, result) {
      const file = open.get(fd);
      if (!file) return ERRNO.badf;
      let written = 0;
      for (let i = 0; i < count; i++) {
        const length = data().getUint32(vectors + 8 * i + 4, true);
        file.write(bytes(data().getUint32(vectors + 8 * i, true), length));
        written += length;
      }
      data().setUint32(result, written, true);
      return ERRNO.success;
    },
    path_open(_fd, _look, path, length, flags, _rights, _inherited, _fdFlags, result) {
      const CREATE = 1;
      if ((flags & CREATE) === 0) return ERRNO.noent;
      const file = new MemoryFile();
      files.set(new TextDecoder().decode(bytes(path, length).slice()), file);
      open.set(next, file);
      data().setUint32(result, next++, true);
      return ERRNO.success;
    },
    proc_exit(status) {
      throw new Exit(status);
    },
  };
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi });
  memory = instance.exports.memory as WebAssembly.Memory;
  let status = 0;
  try {
    (instance.exports._start as () => void)();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    status = error.status;
  }
  const written = new Map([...files].map(([path, file]) => [path, file.bytes] as const));
  return { status, said: new TextDecoder().decode(said.bytes), files: written };
}

/** A file that grows. */
class MemoryFile {
  #data = new Uint8Array(1 << 12);
  #length = 0;
  at = 0;

  get bytes(): Uint8Array {
    return this.#data.slice(0, this.#length);
  }

  write(part: Uint8Array): void {
    const end = this.at + part.length;
    if (end > this.#data.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#data.length));
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data.set(part, this.at);
    this.at = end;
    this.#length = Math.max(this.#length, end);
  }

  /** @param whence 0 from the start, 1 from here, 2 from the end */
  seek(offset: number, whence: number): void {
    this.at = Math.max(0, offset + [0, this.at, this.#length][whence]);
  }
}
