import { isDue } from '@praxis/core';
/** Samples that arrive later than they were taken: first in, first out. */
export class DelayLine<T> {
  readonly #waiting: { readonly due: number; readonly value: T }[] = [];
  readonly #delay: number;

  /** @param delay seconds between {@link enqueue} and {@link dequeueDue}. */
  constructor(delay: number) {
    this.#delay = delay;
  }

  enqueue(now: number, value: T): void {
    this.#waiting.push({ due: now + this.#delay, value });
  }

  /** The oldest value that has arrived by now, once; undefined when there is none. */
  dequeueDue(now: number): T | undefined {
    return this.#waiting.length > 0 && isDue(now, this.#waiting[0].due) ? this.#waiting.shift()?.value : undefined;
  }
}
