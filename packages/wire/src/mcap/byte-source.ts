/** Port: the bytes of a file, read at any place. */
export interface ByteSource {
  /** Name in messages. */
  readonly name: string;
  /** Number of bytes. */
  readonly size: number;
  /** Reads exactly `length` bytes; the caller asks for none beyond `size`. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes in memory as a source. */
export const bytesSource = (name: string, bytes: Uint8Array): ByteSource => ({
  name,
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});

/** Size of the pieces in which a source is read (bytes). */
const WINDOW_BYTES = 256 * 1024;

/** Reads a source in pieces, so that small records cost no read each. Reads may overlap in time: each gets its own bytes. */
export class BufferedSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly #source: ByteSource;
  #start = 0;
  #window: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.#source = source;
    this.name = source.name;
    this.size = source.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (length > WINDOW_BYTES) return this.#source.read(offset, length);
    if (offset >= this.#start && offset + length <= this.#start + this.#window.length)
      return this.#window.subarray(offset - this.#start, offset - this.#start + length);
    // Another read may replace the window while this one waits, so the two values change together.
    const window = await this.#source.read(offset, Math.min(WINDOW_BYTES, this.size - offset));
    this.#start = offset;
    this.#window = window;
    return window.subarray(0, length);
  }
}
