/** Bytes of a counter. */
export const COUNTER_BYTES = 8;

/** Counts what happened, in shared memory: a heartbeat, a request. Any thread may call {@link increment}. */
export class EventCounter {
  readonly #cell: Int32Array;

  constructor(memory: SharedArrayBuffer, byteOffset: number) {
    this.#cell = new Int32Array(memory, byteOffset, 1);
  }

  increment(): void {
    Atomics.add(this.#cell, 0, 1);
  }
}

/** Hears a {@link EventCounter}. */
export class EventCounterReader {
  readonly #cell: Int32Array;
  #heard = 0;

  constructor(memory: SharedArrayBuffer, byteOffset: number) {
    this.#cell = new Int32Array(memory, byteOffset, 1);
  }

  /** True when it was struck since the last call. */
  hasNew(): boolean {
    const count = Atomics.load(this.#cell, 0);
    if (count === this.#heard) return false;
    this.#heard = count;
    return true;
  }
}
