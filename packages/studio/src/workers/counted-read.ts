import type { LoadProgress } from '../protocol/protocol.ts';

/** Reads files over HTTP and reports how much of all of them has arrived. */
export class CountedReader {
  readonly #onProgress: (progress: LoadProgress) => void;
  #loadedBytes = 0;
  #totalBytes = 0;

  constructor(onProgress: (progress: LoadProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** @throws {Error} when the server does not send the file */
  async read(url: string): Promise<Uint8Array<ArrayBuffer>> {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`the server answers ${response.status}`);
    // The length of a compressed body is not the length of what arrives here.
    const told = response.headers.has('content-encoding') ? 0 : Number(response.headers.get('content-length') ?? 0);
    this.#totalBytes += told;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
      if (told > 0) this.#loadedBytes += read.value.length;
      this.#onProgress({ loadedBytes: this.#loadedBytes, totalBytes: this.#totalBytes });
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }
}
