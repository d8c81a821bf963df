import type { ByteSource } from '@praxis/wire/mcap';

/** A file of the browser, read at any place. Nothing else of it is in memory. */
export class BlobSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly #blob: Blob;

  constructor(name: string, blob: Blob) {
    this.name = name;
    this.size = blob.size;
    this.#blob = blob;
  }

  /** Rejects with a `NotReadableError` when the file was changed or removed since it was chosen. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(await this.#blob.slice(offset, offset + length).arrayBuffer());
  }
}
