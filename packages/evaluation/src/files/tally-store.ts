import { type Measurement, ResultStore } from './result-store.ts';

interface TimedTally<T> {
  readonly tally: T;
  /** CPU time of the recognition that produced the tally (s). */
  readonly compute: number;
}

/** Stores tallies by name in a {@link ResultStore}, each with the CPU time that it took. */
export class TallyStore<T> {
  readonly #tallies: ResultStore<TimedTally<T>>;
  readonly #readCpuS: () => number;
  #lastCpuS = 0;

  /**
   * @param path file of the tallies; without one they stay in memory
   * @param clock returns the CPU time of this run so far (s)
   * @throws {InputError} when the file belongs to another measurement
   */
  constructor(path: string | undefined, measurement: Measurement, clock: () => number) {
    this.#tallies = new ResultStore(path, measurement);
    this.#readCpuS = clock;
  }

  get(name: string): T | undefined {
    return this.#tallies.get(name)?.tally;
  }

  /** Stores a tally with the CPU time since the previous call. An existing tally of that name is not replaced. */
  set(name: string, tally: T): void {
    const now = this.#readCpuS();
    if (!this.#tallies.get(name)) this.#tallies.set(name, { tally, compute: now - this.#lastCpuS });
    this.#lastCpuS = now;
  }

  /** CPU time of all tallies, including those of earlier runs (s). */
  get computeS(): number {
    return this.#tallies.all().reduce((sum, each) => sum + each.compute, 0);
  }
}
