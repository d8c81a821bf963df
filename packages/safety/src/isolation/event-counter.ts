/** Size of a counter (bytes). */
export const COUNTER_BYTES = 8;

/** Counts events in shared memory: heartbeats or requests. Any thread may call {@link increment}. */
export class EventCounter {
  readonly #counter: Int32Array;

  constructor(memory: SharedArrayBuffer, byteOffset: number) {
    this.#counter = new Int32Array(memory, byteOffset, 1);
  }

  increment(): void {
    Atomics.add(this.#counter, 0, 1);
  }
}

/** Reads an {@link EventCounter}. */
export class EventCounterReader {
  readonly #counter: Int32Array;
  #lastCount = 0;

  constructor(memory: SharedArrayBuffer, byteOffset: number) {
    this.#counter = new Int32Array(memory, byteOffset, 1);
  }

  /** True when events were counted since the last call. */
  hasNew(): boolean {
    const count = Atomics.load(this.#counter, 0);
    if (count === this.#lastCount) return false;
    this.#lastCount = count;
    return true;
  }
}
