import type { ArmCommand, Stamped } from '@praxis/core';
import { RecordReader, RecordWriter, recordBytes } from './seqlock.ts';

const STAMP_INDEX = 0;
const RECEIVED_INDEX = 1;
const WIDTH_INDEX = 2;
const JOINT_COUNT_INDEX = 3;
const HEADER_VALUES = 4;
const EMPTY = new Float64Array(0);

/** Size of a mailbox for commands of this many joints (bytes). */
export const commandBytes = (joints: number): number => recordBytes(HEADER_VALUES + joints);

/** The loop's end of the mailbox. Each command replaces the previous one. */
export class CommandWriter {
  readonly #record: RecordWriter;
  readonly #joints: number;

  constructor(memory: SharedArrayBuffer, byteOffset: number, joints: number) {
    this.#record = new RecordWriter(memory, byteOffset, HEADER_VALUES + joints);
    this.#joints = joints;
  }

  /** Writes a command bit by bit, also a wrong number of joints or NaN: the supervisor must see it. */
  send({ value, stamp, received }: Stamped<ArmCommand>): void {
    const { values } = this.#record;
    const { position } = value;
    values[STAMP_INDEX] = stamp;
    values[RECEIVED_INDEX] = received;
    values[WIDTH_INDEX] = value.gripperWidth;
    values[JOINT_COUNT_INDEX] = position.length;
    for (let i = 0; i < this.#joints; i++) values[HEADER_VALUES + i] = i < position.length ? position[i] : Number.NaN;
    this.#record.publish();
  }
}

/** The supervisor's end of the mailbox. */
export class CommandReader {
  readonly #record: RecordReader;
  readonly #position: Float64Array;
  readonly #command: { value: { position: Float64Array; gripperWidth: number }; stamp: number; received: number };

  constructor(memory: SharedArrayBuffer, byteOffset: number, joints: number) {
    this.#record = new RecordReader(memory, byteOffset, HEADER_VALUES + joints);
    this.#position = new Float64Array(joints);
    this.#command = { value: { position: this.#position, gripperWidth: 0 }, stamp: 0, received: 0 };
  }

  /** The newest command, once; the object is reused. A command of a wrong size has no positions. */
  next(): Stamped<ArmCommand> | undefined {
    if (!this.#record.read()) return undefined;
    const { values } = this.#record;
    const command = this.#command;
    command.stamp = values[STAMP_INDEX];
    command.received = values[RECEIVED_INDEX];
    command.value.gripperWidth = values[WIDTH_INDEX];
    for (let i = 0; i < this.#position.length; i++) this.#position[i] = values[HEADER_VALUES + i];
    command.value.position = values[JOINT_COUNT_INDEX] === this.#position.length ? this.#position : EMPTY;
    return command;
  }
}
