import { type Measurement, ResultStore } from './result-store.ts';

/** What was counted under one name, and how long it took to listen to it (CPU s). */
interface TimedTally<T> {
  readonly tally: T;
  readonly compute: number;
}

/** Tallies by name in a {@link ResultStore}, with the CPU time that each of them took. */
export class CountStore<T> {
  readonly #counted: ResultStore<TimedTally<T>>;
  readonly #clock: () => number;
  #before = 0;

  /**
   * @param path of the file; without one the tallies are in memory alone
   * @param clock CPU seconds so far of this run
   * @throws {InputError} when the file is of another measurement
   */
  constructor(path: string | undefined, measurement: Measurement, clock: () => number) {
    this.#counted = new ResultStore(path, measurement);
    this.#clock = clock;
  }

  get(name: string): T | undefined {
    return this.#counted.get(name)?.tally;
  }

  /** Keeps a tally with the CPU time since the last call; one that is there already stays. */
  set(name: string, tally: T): void {
    const now = this.#clock();
    if (!this.#counted.get(name)) this.#counted.set(name, { tally, compute: now - this.#before });
    this.#before = now;
  }

  /** CPU time of all tallies, of earlier runs as well (s). */
  get compute(): number {
    return this.#counted.all().reduce((sum, each) => sum + each.compute, 0);
  }
}
