const SEQUENCE = 0;
/** Sequence number and padding, in 32-bit words: what follows lies on a multiple of 8 bytes. */
const HEADER_WORDS = 2;
/** A writer is in the way for nanoseconds; one that died in the middle, for ever. */
const MAX_READ_ATTEMPTS = 64;

/** Bytes that a record of so many float64 values takes. */
export const recordBytes = (values: number): number => 4 * HEADER_WORDS + 8 * values;

/** Words in shared memory, and a private copy through which they are doubles. */
class Words {
  readonly shared: Int32Array;
  readonly values: Float64Array;
  readonly copy: Int32Array;

  constructor(memory: SharedArrayBuffer, byteOffset: number, size: number) {
    this.shared = new Int32Array(memory, byteOffset, HEADER_WORDS + 2 * size);
    this.values = new Float64Array(size);
    this.copy = new Int32Array(this.values.buffer);
  }
}

/**
 * The writing end of a record of doubles in shared memory: one writer, one reader, nobody waits (a seqlock; Lameter 2005).
 * The sequence number is odd while the record is being written. Every word goes through `Atomics`, whose order all threads
 * agree on, so that the reader's check holds on every processor.
 */
export class RecordWriter {
  /** What the next {@link publish} writes. */
  readonly values: Float64Array;
  readonly #words: Words;

  constructor(memory: SharedArrayBuffer, byteOffset: number, size: number) {
    this.#words = new Words(memory, byteOffset, size);
    this.values = this.#words.values;
  }

  publish(): void {
    const { shared, copy } = this.#words;
    // A writer that died in the middle left an odd number; its half of a record never becomes readable.
    const odd = Atomics.load(shared, SEQUENCE) | 1;
    Atomics.store(shared, SEQUENCE, odd);
    for (let i = 0; i < copy.length; i++) Atomics.store(shared, HEADER_WORDS + i, copy[i]);
    Atomics.store(shared, SEQUENCE, (odd + 1) | 0);
  }
}

/** The reading end of a record. */
export class RecordReader {
  /** The record as it was last read whole. */
  readonly values: Float64Array;
  readonly #words: Words;
  readonly #whole: Int32Array;
  #seen = 0;

  constructor(memory: SharedArrayBuffer, byteOffset: number, size: number) {
    this.#words = new Words(memory, byteOffset, size);
    this.values = new Float64Array(size);
    this.#whole = new Int32Array(this.values.buffer);
  }

  /** True when `values` hold a record that was not read before: one that was written as a whole. */
  read(): boolean {
    const { shared, copy } = this.#words;
    for (let tries = 0; tries < MAX_READ_ATTEMPTS; tries++) {
      const before = Atomics.load(shared, SEQUENCE);
      if (before === this.#seen) return false;
      if ((before & 1) === 1) continue;
      for (let i = 0; i < copy.length; i++) copy[i] = Atomics.load(shared, HEADER_WORDS + i);
      if (Atomics.load(shared, SEQUENCE) !== before) continue;
      this.#seen = before;
      this.#whole.set(copy);
      return true;
    }
    return false;
  }
}
