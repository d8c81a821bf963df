/** Bytes of a counter. */
export const COUNTER_BYTES = 8;

/** Counts what happened, in shared memory: a heartbeat, a request. Any thread may call {@link strike}. */
export class StrikeCell {
  readonly #cell: Int32Array;

  constructor(memory: SharedArrayBuffer, byteOffset: number) {
    this.#cell = new Int32Array(memory, byteOffset, 1);
  }

  strike(): void {
    Atomics.add(this.#cell, 0, 1);
  }
}

/** Hears a {@link StrikeCell}. */
export class ListeningCell {
  readonly #cell: Int32Array;
  #heard = 0;

  constructor(memory: SharedArrayBuffer, byteOffset: number) {
    this.#cell = new Int32Array(memory, byteOffset, 1);
  }

  /** True when it was struck since the last call. */
  struck(): boolean {
    const count = Atomics.load(this.#cell, 0);
    if (count === this.#heard) return false;
    this.#heard = count;
    return true;
  }
}
