import { crc32 } from '@foxglove/crc';
import { McapRecordBuilder, Opcode } from '@mcap/core';
import { type Compression, compress } from './compression.ts';
import { MessageRecords } from './message-records.ts';

/** A message to be recorded. */
export interface McapMessage {
  /** Index of its channel. */
  readonly channel: number;
  /** Time at which it was received (ns). */
  readonly logTime: bigint;
  /** Time of its source (ns). */
  readonly publishTime: bigint;
  /** The message in CDR. */
  readonly data: Uint8Array;
}

/** A whole chunk: the records to write, and what the index says of them. */
export interface McapChunk {
  /** The chunk's record up to the records of its messages, and these, compressed. They follow each other in a file. */
  readonly head: Uint8Array;
  readonly records: Uint8Array;
  /** Message index records, which stand behind it. */
  readonly indexes: Uint8Array;
  /** Offset of each channel's message index in `indexes`, by the channel's id (bytes). */
  readonly indexOffsets: ReadonlyMap<number, number>;
  /** Number of messages by the channel's id. */
  readonly counts: ReadonlyMap<number, number>;
  /** Times of its first and last message (ns, log time). */
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly compression: string;
  readonly uncompressedSize: number;
}

/** Limits of a chunk. */
export interface ChunkLimits {
  /** A chunk is complete with so many bytes of messages. */
  readonly bytes: number;
  /** A chunk spans at most so much of the recording (s): what a kill loses. */
  readonly seconds: number;
}

/** Limits of the chunks that Praxis writes. */
export const CHUNK_LIMITS: ChunkLimits = { bytes: 4 * 1024 * 1024, seconds: 0.5 };
/** Bytes of a chunk for which there is room from the start; a longer last message makes more. */
const FIRST_CAPACITY_BYTES = 64 * 1024;
/** Bytes of {@link chunkHead} beside the name of the compression. */
const CHUNK_HEAD_BYTES = 1 + 8 + 8 + 8 + 8 + 4 + 4 + 8;

/** Collects messages to chunks. Await `loadZstd` before the first one with zstd is complete. */
export class ChunkBuilder {
  /** Compression of the chunks from now on. */
  compression: Compression = 'zstd';
  readonly #limits: ChunkLimits;
  readonly #messages: MessageRecords;
  readonly #records = new McapRecordBuilder();
  readonly #sequences = new Map<number, number>();
  /** Log time and offset of each message by its channel's id. */
  readonly #index = new Map<number, [bigint, bigint][]>();
  #startTime = 0n;
  #endTime = 0n;

  constructor(limits: ChunkLimits = CHUNK_LIMITS) {
    this.#limits = limits;
    this.#messages = new MessageRecords(Math.min(limits.bytes, FIRST_CAPACITY_BYTES));
  }

  /** True while no message waits for the end of its chunk. */
  get empty(): boolean {
    return this.#messages.length === 0;
  }

  /** Adds a message, and returns the chunk that it completes. */
  add({ channel, ...message }: McapMessage): McapChunk | undefined {
    const { logTime } = message;
    const channelId = channel + 1;
    const sequence = this.#sequences.get(channelId) ?? 0;
    this.#sequences.set(channelId, sequence + 1);
    if (this.empty || logTime < this.#startTime) this.#startTime = logTime;
    if (this.empty || logTime > this.#endTime) this.#endTime = logTime;
    this.#indexOf(channelId).push([logTime, BigInt(this.#messages.length)]);
    this.#messages.add(channelId, sequence, message);
    const seconds = Number(this.#endTime - this.#startTime) * 1e-9;
    const isComplete = this.#messages.length >= this.#limits.bytes || seconds >= this.#limits.seconds;
    return isComplete ? this.finish() : undefined;
  }

  /** Ends the chunk of the messages so far; undefined if there are none. */
  finish(): McapChunk | undefined {
    if (this.empty) return undefined;
    const { compression } = this;
    const messages = this.#messages.bytes;
    const times = { startTime: this.#startTime, endTime: this.#endTime };
    const records = compression === '' ? messages.slice() : compress(messages, compression);
    const head = chunkHead({ ...times, compression, messages, records });
    const indexOffsets = new Map<number, number>();
    const counts = new Map<number, number>();
    for (const [channelId, entries] of this.#index) {
      indexOffsets.set(channelId, this.#records.length);
      counts.set(channelId, entries.length);
      this.#records.writeMessageIndex({ channelId, records: entries });
    }
    const indexes = this.#records.buffer;
    const chunk = {
      ...{ head, records, indexes, indexOffsets, counts, ...times, compression },
      uncompressedSize: messages.length,
    };
    this.#records.reset();
    this.#index.clear();
    this.#messages.reset();
    return chunk;
  }

  #indexOf(channelId: number): [bigint, bigint][] {
    const known = this.#index.get(channelId);
    if (known) return known;
    const entries: [bigint, bigint][] = [];
    this.#index.set(channelId, entries);
    return entries;
  }
}

/** What stands in a chunk's record before the records of its messages (MCAP specification, "Chunk"). */
function chunkHead({
  startTime,
  endTime,
  compression,
  messages,
  records,
}: Pick<McapChunk, 'startTime' | 'endTime' | 'compression' | 'records'> & {
  readonly messages: Uint8Array;
}): Uint8Array {
  const name = new TextEncoder().encode(compression);
  const head = new Uint8Array(CHUNK_HEAD_BYTES + name.length);
  const view = new DataView(head.buffer);
  view.setUint8(0, Opcode.CHUNK);
  view.setBigUint64(1, BigInt(head.length - 9 + records.length), true);
  view.setBigUint64(9, startTime, true);
  view.setBigUint64(17, endTime, true);
  view.setBigUint64(25, BigInt(messages.length), true);
  view.setUint32(33, crc32(messages), true);
  view.setUint32(37, name.length, true);
  head.set(name, 41);
  view.setBigUint64(41 + name.length, BigInt(records.length), true);
  return head;
}
