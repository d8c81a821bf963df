import { Opcode } from '@mcap/core';
import type { McapMessage } from './chunk-builder.ts';

/** Opcode, length of the record, channel, sequence and two times before the data of a message record (bytes; MCAP specification, "Message"). */
const HEAD_BYTES = 1 + 8 + 2 + 4 + 8 + 8;

/** Message records one behind another, in memory that stays: a chunk of pictures allocates nothing. */
export class MessageRecords {
  #memory: Uint8Array;
  #view: DataView;
  #length = 0;

  /** @param capacity bytes for which there is room at first */
  constructor(capacity: number) {
    this.#memory = new Uint8Array(capacity);
    this.#view = new DataView(this.#memory.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** The records, valid until the next call of {@link add} or {@link reset}. */
  get bytes(): Uint8Array {
    return this.#memory.subarray(0, this.#length);
  }

  add(channelId: number, sequence: number, { logTime, publishTime, data }: Omit<McapMessage, 'channel'>): void {
    const start = this.#length;
    const end = start + HEAD_BYTES + data.length;
    if (end > this.#memory.length) this.#grow(end);
    const view = this.#view;
    view.setUint8(start, Opcode.MESSAGE);
    view.setBigUint64(start + 1, BigInt(end - start - 9), true);
    view.setUint16(start + 9, channelId, true);
    view.setUint32(start + 11, sequence, true);
    view.setBigUint64(start + 15, logTime, true);
    view.setBigUint64(start + 23, publishTime, true);
    this.#memory.set(data, start + HEAD_BYTES);
    this.#length = end;
  }

  reset(): void {
    this.#length = 0;
  }

  #grow(size: number): void {
    const memory = new Uint8Array(Math.max(size, 2 * this.#memory.length));
    memory.set(this.bytes);
    this.#memory = memory;
    this.#view = new DataView(memory.buffer);
  }
}
