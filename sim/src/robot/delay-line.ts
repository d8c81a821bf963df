import { isDue } from '@praxis/core';

/** First-in first-out queue that delays each value by the same time. */
export class DelayLine<T> {
  readonly #waiting: { readonly due: number; readonly value: T }[] = [];
  readonly #delay: number;

  /** @param delay time between {@link enqueue} and {@link dequeueDue} (s) */
  constructor(delay: number) {
    this.#delay = delay;
  }

  /** Appends a value at time `now` (s). */
  enqueue(now: number, value: T): void {
    this.#waiting.push({ due: now + this.#delay, value });
  }

  /** Removes and returns the oldest value that is due at `now` (s); undefined when there is none. */
  dequeueDue(now: number): T | undefined {
    return this.#waiting.length > 0 && isDue(now, this.#waiting[0].due) ? this.#waiting.shift()?.value : undefined;
  }
}

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
