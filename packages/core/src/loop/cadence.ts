import { isDue } from '../streams/staleness.ts';

/**
 * When the next inference is due: once a period from the first on. One that comes late is made up for at once, and the
 * periods count from there; within a period the grid stays, since a policy is trained at a rate.
 */
export class Cadence {
  readonly #period: number;
  #next: number | undefined;
  #missed = false;

  /** @param period s */
  constructor(period: number) {
    this.#period = period;
  }

  get started(): boolean {
    return this.#next !== undefined;
  }

  /** True from the due time on until {@link start}; due at once when there was no start yet. */
  due(now: number): boolean {
    return this.#next === undefined || isDue(now, this.#next);
  }

  /** It is due and cannot be done. True the first time: one deadline is missed once. */
  recordMiss(): boolean {
    const first = !this.#missed;
    this.#missed = true;
    return first;
  }

  start(now: number): void {
    const onGrid = this.#next === undefined || this.#missed ? now + this.#period : this.#next + this.#period;
    this.#next = onGrid > now ? onGrid : now + this.#period;
    this.#missed = false;
  }
}
