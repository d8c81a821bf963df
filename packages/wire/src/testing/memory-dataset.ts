import type { DatasetFiles, DatasetTarget } from '../lerobot/format/files.ts';
import { bytesSource } from '../mcap/byte-source.ts';

/** A dataset whose files are in memory. */
export class MemoryDataset implements DatasetTarget, DatasetFiles {
  readonly name = 'memory';
  readonly files = new Map<string, Uint8Array>();

  create(path: string) {
    const parts: Uint8Array[] = [];
    return {
      write: (bytes: Uint8Array) => parts.push(bytes.slice()),
      close: () => this.files.set(path, Uint8Array.from(Buffer.concat(parts))),
    };
  }

  async list(folder: string) {
    return [...this.files.keys()].filter((path) => path.startsWith(`${folder}/`)).sort();
  }

  async open(path: string) {
    const bytes = this.files.get(path);
    return bytes && bytesSource(`memory/${path}`, bytes);
  }
}
