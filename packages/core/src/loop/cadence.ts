import { isDue } from '../streams/staleness.ts';

/**
 * The schedule of inferences: one per period on a fixed grid, because a policy is trained at a fixed rate. After a
 * missed deadline the inference runs at once, and the grid starts again there.
 */
export class Cadence {
  readonly #period: number;
  #next: number | undefined;
  #missed = false;

  /** @param period time between two inferences (s) */
  constructor(period: number) {
    this.#period = period;
  }

  get started(): boolean {
    return this.#next !== undefined;
  }

  /** True from the due time until {@link start}. The first inference is due at once. */
  due(now: number): boolean {
    return this.#next === undefined || isDue(now, this.#next);
  }

  /** Makes the next inference due at once, after a jump of the clock. */
  restart(): void {
    this.#next = undefined;
    this.#missed = false;
  }

  /** Records that a due inference cannot start. Returns true once per missed deadline. */
  recordMiss(): boolean {
    const first = !this.#missed;
    this.#missed = true;
    return first;
  }

  /** Records the start of an inference at time `now` (s). */
  start(now: number): void {
    const onGrid = this.#next === undefined || this.#missed ? now + this.#period : this.#next + this.#period;
    this.#next = onGrid > now ? onGrid : now + this.#period;
    this.#missed = false;
  }
}
