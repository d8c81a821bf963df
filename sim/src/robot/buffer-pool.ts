/** Numbers in one buffer. Many small buffers outside the heap would slow down garbage collection. */
const BUFFER_LENGTH = 4096;

/** Allocates small arrays as disjoint views of larger buffers. A buffer is freed after all of its arrays. */
export class BufferPool {
  #buffer = new ArrayBuffer(8 * BUFFER_LENGTH);
  #used = 0;

  /** Returns a new array. @param length number of elements, at most 4096 */
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
