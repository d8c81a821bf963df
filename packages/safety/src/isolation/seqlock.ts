const SEQUENCE_INDEX = 0;
/** Sequence number and padding in 32-bit words, so that the values lie on a multiple of 8 bytes. */
const HEADER_WORDS = 2;
/** A writer blocks the reader for nanoseconds. If its thread ends within a write, the record stays blocked until the next write. */
const MAX_READ_ATTEMPTS = 64;

/** Size of a record of this many float64 values (bytes). */
export const recordBytes = (values: number): number => 4 * HEADER_WORDS + 8 * values;

/** A record in shared memory as 32-bit words, and a private copy of its values as doubles. */
class SharedRecord {
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
 * The writing end of a record of doubles in shared memory: one writer, one reader, no waiting (a seqlock; Lameter
 * 2005). The sequence number is odd while the writer writes. Every word goes through `Atomics`, whose order is the same
 * for all threads, so that the reader's check holds on every processor.
 */
export class RecordWriter {
  /** Values that the next {@link publish} writes. */
  readonly values: Float64Array;
  readonly #record: SharedRecord;

  constructor(memory: SharedArrayBuffer, byteOffset: number, size: number) {
    this.#record = new SharedRecord(memory, byteOffset, size);
    this.values = this.#record.values;
  }

  publish(): void {
    const { shared, copy } = this.#record;
    // If an earlier writer ended within a write, the number is odd; its partial record never becomes readable.
    const odd = Atomics.load(shared, SEQUENCE_INDEX) | 1;
    Atomics.store(shared, SEQUENCE_INDEX, odd);
    for (let i = 0; i < copy.length; i++) Atomics.store(shared, HEADER_WORDS + i, copy[i]);
    Atomics.store(shared, SEQUENCE_INDEX, (odd + 1) | 0);
  }
}

/** The reading end of a record. */
export class RecordReader {
  /** The last record that was read completely. */
  readonly values: Float64Array;
  readonly #record: SharedRecord;
  readonly #whole: Int32Array;
  #seen = 0;

  constructor(memory: SharedArrayBuffer, byteOffset: number, size: number) {
    this.#record = new SharedRecord(memory, byteOffset, size);
    this.values = new Float64Array(size);
    this.#whole = new Int32Array(this.values.buffer);
  }

  /** True when `values` hold a new record that was written completely. */
  read(): boolean {
    const { shared, copy } = this.#record;
    for (let tries = 0; tries < MAX_READ_ATTEMPTS; tries++) {
      const before = Atomics.load(shared, SEQUENCE_INDEX);
      if (before === this.#seen) return false;
      if ((before & 1) === 1) continue;
      for (let i = 0; i < copy.length; i++) copy[i] = Atomics.load(shared, HEADER_WORDS + i);
      if (Atomics.load(shared, SEQUENCE_INDEX) !== before) continue;
      this.#seen = before;
      this.#whole.set(copy);
      return true;
    }
    return false;
  }
}
