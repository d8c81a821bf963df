import type { JointState, SignalSpec, Stamped, StreamValue } from '@praxis/core';
import { COUNTER_BYTES } from './event-counter.ts';
import { RecordReader, RecordWriter, recordBytes } from './seqlock.ts';

/** Number of samples that can wait; a slower reader loses the oldest. */
const SLOT_COUNT = 16;
const PLACE_INDEX = 0;
const STAMP_INDEX = 1;
const RECEIVED_INDEX = 2;
const HEADER_VALUES = 3;

/** Number of elements of a numeric sample, or of a joint state's positions, velocities and efforts. */
function width(spec: SignalSpec): number {
  const elements = spec.shape.reduce((product, each) => product * each, 1);
  return spec.names && spec.modality === 'joints' ? 3 * elements : elements;
}

const slotBytes = (spec: SignalSpec): number => recordBytes(HEADER_VALUES + width(spec));

/** Size of a mailbox for a stream of float64 numbers (bytes). */
export const sampleBytes = (spec: SignalSpec): number => COUNTER_BYTES + SLOT_COUNT * slotBytes(spec);

/** Writes the samples of one numeric stream, or of joint states, for another thread. */
export class SampleWriter {
  readonly #count: Int32Array;
  readonly #slots: readonly RecordWriter[];
  /** Names of the joints, in the order of their numbers in a record. */
  readonly #names: readonly string[];
  readonly #joints: number;

  constructor(memory: SharedArrayBuffer, byteOffset: number, spec: SignalSpec) {
    this.#count = new Int32Array(memory, byteOffset, 1);
    this.#names = spec.names ?? [];
    this.#joints = spec.names && spec.modality === 'joints' ? width(spec) / 3 : 0;
    this.#slots = slots(byteOffset, spec, (at, size) => new RecordWriter(memory, at, size));
  }

  /** Writes a sample; numbers that it lacks become NaN, so that the supervisor counts a bad sample. */
  send({ value, stamp, received }: Stamped<StreamValue>): void {
    const place = Atomics.load(this.#count, 0);
    const slot = this.#slots[place & (SLOT_COUNT - 1)];
    const { values } = slot;
    values[PLACE_INDEX] = place;
    values[STAMP_INDEX] = stamp;
    values[RECEIVED_INDEX] = received;
    if (this.#joints > 0) this.#writeJoints(value as JointState, values);
    else this.#writeVector(value as Float64Array, values);
    slot.publish();
    Atomics.store(this.#count, 0, (place + 1) | 0);
  }

  #writeVector(value: Float64Array | undefined, values: Float64Array): void {
    const n = values.length - HEADER_VALUES;
    const fits = value?.length === n;
    for (let i = 0; i < n; i++) values[HEADER_VALUES + i] = fits ? Number(value[i]) : Number.NaN;
  }

  #writeJoints(state: JointState | undefined, values: Float64Array): void {
    const n = this.#joints;
    const names = this.#names;
    for (let i = 0; i < n; i++) {
      const at = state?.names === names ? i : (state?.names?.indexOf(names[i]) ?? -1);
      values[HEADER_VALUES + i] = Number(state?.position?.[at]);
      values[HEADER_VALUES + n + i] = Number(state?.velocity?.[at]);
      values[HEADER_VALUES + 2 * n + i] = Number(state?.effort?.[at]);
    }
  }
}

/** The reading end. It returns each sample in buffers of its own. */
export class SampleReader {
  /** Number of samples that were overwritten before they were read. */
  lost = 0;
  readonly #count: Int32Array;
  readonly #slots: readonly RecordReader[];
  readonly #spec: SignalSpec;
  readonly #joints: number;
  #nextPlace = 0;

  constructor(memory: SharedArrayBuffer, byteOffset: number, spec: SignalSpec) {
    this.#count = new Int32Array(memory, byteOffset, 1);
    this.#spec = spec;
    this.#joints = spec.names && spec.modality === 'joints' ? width(spec) / 3 : 0;
    this.#slots = slots(byteOffset, spec, (at, size) => new RecordReader(memory, at, size));
    for (const { values } of this.#slots) values[PLACE_INDEX] = Number.NaN;
  }

  /** The oldest waiting sample; undefined if there is none. */
  next(): Stamped<StreamValue> | undefined {
    for (;;) {
      const waiting = (Atomics.load(this.#count, 0) - this.#nextPlace) | 0;
      if (waiting === 0) return undefined;
      if (waiting > SLOT_COUNT) this.#skip(waiting - SLOT_COUNT);
      const slot = this.#slots[this.#nextPlace & (SLOT_COUNT - 1)];
      // An overwritten slot holds a later sample, which is read in its turn.
      const whole = slot.read() || slot.values[PLACE_INDEX] === this.#nextPlace;
      if (whole && slot.values[PLACE_INDEX] === this.#nextPlace) {
        this.#nextPlace = (this.#nextPlace + 1) | 0;
        return this.#sample(slot.values);
      }
      this.#skip(1);
    }
  }

  #skip(samples: number): void {
    this.lost += samples;
    this.#nextPlace = (this.#nextPlace + samples) | 0;
  }

  #sample(values: Float64Array): Stamped<StreamValue> {
    const stamp = values[STAMP_INDEX];
    const received = values[RECEIVED_INDEX];
    const n = this.#joints;
    if (n === 0) return { value: values.slice(HEADER_VALUES), stamp, received };
    const position = values.slice(HEADER_VALUES, HEADER_VALUES + n);
    const velocity = values.slice(HEADER_VALUES + n, HEADER_VALUES + 2 * n);
    const names = this.#spec.names!;
    const effort = values.slice(HEADER_VALUES + 2 * n);
    const value = effort.every(Number.isNaN) ? { names, position, velocity } : { names, position, velocity, effort };
    return { value, stamp, received };
  }
}

function slots<T>(byteOffset: number, spec: SignalSpec, make: (at: number, size: number) => T): readonly T[] {
  const size = slotBytes(spec);
  return Array.from({ length: SLOT_COUNT }, (_, i) =>
    make(byteOffset + COUNTER_BYTES + i * size, HEADER_VALUES + width(spec)),
  );
}
