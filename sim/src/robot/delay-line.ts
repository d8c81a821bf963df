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
