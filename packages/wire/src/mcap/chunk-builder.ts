import { crc32 } from '@foxglove/crc';
import { McapChunkBuilder, McapRecordBuilder } from '@mcap/core';
import { type Compression, compress } from './compression.ts';

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
  /** The chunk's record. */
  readonly record: Uint8Array;
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
  readonly compressedSize: number;
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

/** Collects messages to chunks. Await `loadZstd` before the first one with zstd is complete. */
export class ChunkBuilder {
  /** Compression of the chunks from now on. */
  compression: Compression = 'zstd';
  readonly #limits: ChunkLimits;
  readonly #messages = new McapChunkBuilder({ useMessageIndex: true });
  readonly #records = new McapRecordBuilder();
  readonly #sequences = new Map<number, number>();
  #counts = new Map<number, number>();

  constructor(limits: ChunkLimits = CHUNK_LIMITS) {
    this.#limits = limits;
  }

  /** True while no message waits for the end of its chunk. */
  get empty(): boolean {
    return this.#messages.numMessages === 0;
  }

  /** Adds a message, and returns the chunk that it completes. */
  add({ channel, logTime, publishTime, data }: McapMessage): McapChunk | undefined {
    const channelId = channel + 1;
    const sequence = this.#sequences.get(channelId) ?? 0;
    this.#sequences.set(channelId, sequence + 1);
    this.#counts.set(channelId, (this.#counts.get(channelId) ?? 0) + 1);
    this.#messages.addMessage({ channelId, sequence, logTime, publishTime, data });
    const { messageStartTime, messageEndTime, byteLength } = this.#messages;
    const seconds = Number(messageEndTime - messageStartTime) * 1e-9;
    return byteLength >= this.#limits.bytes || seconds >= this.#limits.seconds ? this.finish() : undefined;
  }

  /** Ends the chunk of the messages so far; undefined if there are none. */
  finish(): McapChunk | undefined {
    if (this.empty) return undefined;
    const { buffer, messageStartTime: startTime, messageEndTime: endTime } = this.#messages;
    const records = compress(buffer, this.compression);
    this.#records.writeChunk({
      messageStartTime: startTime,
      messageEndTime: endTime,
      uncompressedSize: BigInt(buffer.length),
      uncompressedCrc: crc32(buffer),
      compression: this.compression,
      records,
    });
    const record = this.#take();
    const indexOffsets = new Map<number, number>();
    for (const index of this.#messages.indices) {
      indexOffsets.set(index.channelId, this.#records.length);
      this.#records.writeMessageIndex(index);
    }
    const indexes = this.#take();
    const chunk = {
      ...{ record, indexes, indexOffsets, counts: this.#counts, startTime, endTime },
      compression: this.compression,
      compressedSize: records.length,
      uncompressedSize: buffer.length,
    };
    this.#messages.reset();
    this.#counts = new Map();
    return chunk;
  }

  /** What was built so far, as bytes of their own. */
  #take(): Uint8Array {
    const bytes = this.#records.buffer.slice();
    this.#records.reset();
    return bytes;
  }
}
