/** No more memory than this is shared with the thread (bytes); messages beyond it have buffers of their own. */
const MAXIMUM_BYTES = 48 * 1024 * 1024;

/**
 * Buffers of large messages that a loop's thread fills and another thread reads, used again in turn. Batches of messages are taken in
 * the order in which they were sent.
 */
export class SharedBuffers {
  #free: SharedArrayBuffer[] = [];
  #filling: SharedArrayBuffer[] = [];
  readonly #sent: SharedArrayBuffer[][] = [];
  #bytes = 0;

  /** A buffer of at least so many bytes, in use until the batch of its message is taken; undefined when there is no more memory. */
  take(bytes: number): SharedArrayBuffer | undefined {
    const found = this.#free.findIndex(({ byteLength }) => byteLength >= bytes);
    if (found < 0 && this.#bytes + bytes > MAXIMUM_BYTES) return undefined;
    const [buffer] = found < 0 ? [new SharedArrayBuffer(bytes)] : this.#free.splice(found, 1);
    if (found < 0) this.#bytes += bytes;
    this.#filling.push(buffer);
    return buffer;
  }

  /** What was taken since the last batch belongs to this one. */
  batchSent(): void {
    this.#sent.push(this.#filling);
    this.#filling = [];
  }

  /** The messages of the oldest batch were read. */
  batchTaken(): void {
    this.#free.push(...(this.#sent.shift() ?? []));
  }
}
