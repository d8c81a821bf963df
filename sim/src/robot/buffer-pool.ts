/** Numbers of one piece: many small arrays of their own would each lie outside the heap and cost the collector dearly. */
const BUFFER_LENGTH = 4096;

/** Hands out arrays that nobody else has, cut from a larger one. A slab lives for as long as any array cut from it. */
export class BufferPool {
  #buffer = new ArrayBuffer(8 * BUFFER_LENGTH);
  #used = 0;

  /** @param length at most 4096 */
  allocate(length: number): Float64Array<ArrayBuffer> {
    if (this.#used + length > BUFFER_LENGTH) {
      this.#buffer = new ArrayBuffer(8 * BUFFER_LENGTH);
      this.#used = 0;
    }
    const array = new Float64Array(this.#buffer, 8 * this.#used, length);
    this.#used += length;
    return array;
  }
}
