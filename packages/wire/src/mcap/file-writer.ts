import { crc32Final, crc32Init, crc32Update } from '@foxglove/crc';
import {
  type ChunkIndex,
  McapRecordBuilder,
  type MetadataIndex,
  Opcode,
  type Statistics,
  type SummaryOffset,
} from '@mcap/core';
import { channelRecords, type McapChannel, ROS2_PROFILE } from './channel.ts';
import type { McapChunk } from './chunk-builder.ts';

/** Port: takes the bytes of a file in order. */
export interface ByteSink {
  /** Takes the next bytes, which the caller may overwrite afterwards. What it throws, as on a full disk, ends the recording. */
  write(bytes: Uint8Array): void;
}

/** Facts that stand in a file by a name. */
export interface McapMetadata {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What stands at the start of a file. */
export interface McapHead {
  readonly channels: readonly McapChannel[];
  readonly metadata: readonly McapMetadata[];
  /** Program that writes the file. */
  readonly library: string;
}

type Records = ReturnType<typeof channelRecords>;

/**
 * Writes an MCAP file of the profile `ros2`: channels and facts first, then chunks, then the index. A file that ends with any whole chunk
 * can be read with `openMcap`, which makes the index again.
 */
export class McapFileWriter {
  readonly #sink: ByteSink;
  readonly #builder = new McapRecordBuilder();
  readonly #records: Records;
  readonly #chunks: ChunkIndex[] = [];
  readonly #metadata: MetadataIndex[] = [];
  readonly #counts = new Map<number, bigint>();
  #position = 0;

  /** Writes the head of the file. */
  constructor(sink: ByteSink, { channels, metadata, library }: McapHead) {
    this.#sink = sink;
    this.#records = channelRecords(channels);
    this.#builder.writeMagic();
    this.#builder.writeHeader({ profile: ROS2_PROFILE, library });
    this.#writeChannels();
    this.#flush();
    for (const each of metadata) this.addMetadata(each);
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#position;
  }

  /** Writes facts. */
  addMetadata({ name, values }: McapMetadata): void {
    const offset = BigInt(this.#position);
    const length = this.#builder.writeMetadata({ name, metadata: new Map(Object.entries(values)) });
    this.#metadata.push({ name, offset, length });
    this.#flush();
  }

  /** Writes a chunk and its message indexes. */
  addChunk(chunk: McapChunk): void {
    const chunkStartOffset = BigInt(this.#position);
    const chunkLength = chunk.head.length + chunk.records.length;
    const indexStart = this.#position + chunkLength;
    this.#write(chunk.head);
    this.#write(chunk.records);
    this.#write(chunk.indexes);
    this.#chunks.push({
      messageStartTime: chunk.startTime,
      messageEndTime: chunk.endTime,
      chunkStartOffset,
      chunkLength: BigInt(chunkLength),
      messageIndexOffsets: new Map([...chunk.indexOffsets].map(([id, at]) => [id, BigInt(indexStart + at)])),
      messageIndexLength: BigInt(chunk.indexes.length),
      compression: chunk.compression,
      compressedSize: BigInt(chunk.records.length),
      uncompressedSize: BigInt(chunk.uncompressedSize),
    });
    for (const [id, count] of chunk.counts) this.#counts.set(id, (this.#counts.get(id) ?? 0n) + BigInt(count));
  }

  /** Writes the index and the end of the file. */
  end(): void {
    const builder = this.#builder;
    builder.writeDataEnd({ dataSectionCrc: 0 });
    this.#flush();
    const summaryStart = this.#position;
    const groups: SummaryOffset[] = [];
    const group = (opcode: number, write: () => void): void => {
      const start = builder.length;
      write();
      const length = builder.length - start;
      if (length === 0) return;
      groups.push({
        groupOpcode: opcode,
        groupStart: BigInt(summaryStart + start),
        groupLength: BigInt(length),
      });
    };
    group(Opcode.SCHEMA, () => this.#records.schemas.map((each) => builder.writeSchema(each)));
    group(Opcode.CHANNEL, () => this.#records.channels.map((each) => builder.writeChannel(each)));
    group(Opcode.STATISTICS, () => builder.writeStatistics(this.#statistics()));
    group(Opcode.METADATA_INDEX, () => this.#metadata.map((each) => builder.writeMetadataIndex(each)));
    group(Opcode.CHUNK_INDEX, () => this.#chunks.map((each) => builder.writeChunkIndex(each)));
    const summaryOffsetStart = BigInt(summaryStart + builder.length);
    for (const each of groups) builder.writeSummaryOffset(each);
    const footer = { summaryStart: BigInt(summaryStart), summaryOffsetStart };
    const summaryCrc = crc32Final(crc32Update(crc32Update(crc32Init(), builder.buffer), footerStart(footer)));
    builder.writeFooter({ ...footer, summaryCrc });
    builder.writeMagic();
    this.#flush();
  }

  #writeChannels(): void {
    for (const schema of this.#records.schemas) this.#builder.writeSchema(schema);
    for (const channel of this.#records.channels) this.#builder.writeChannel(channel);
  }

  #statistics(): Statistics {
    const times = this.#chunks.flatMap(({ messageStartTime, messageEndTime }) => [messageStartTime, messageEndTime]);
    const sorted = times.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return {
      messageCount: [...this.#counts.values()].reduce((sum, count) => sum + count, 0n),
      schemaCount: this.#records.schemas.length,
      channelCount: this.#records.channels.length,
      attachmentCount: 0,
      metadataCount: this.#metadata.length,
      chunkCount: this.#chunks.length,
      messageStartTime: sorted[0] ?? 0n,
      messageEndTime: sorted.at(-1) ?? 0n,
      channelMessageCounts: this.#counts,
    };
  }

  #flush(): void {
    this.#write(this.#builder.buffer);
    this.#builder.reset();
  }

  #write(bytes: Uint8Array): void {
    this.#sink.write(bytes);
    this.#position += bytes.length;
  }
}

/** The bytes of a footer that its checksum covers: opcode, length, and the two offsets. */
function footerStart({ summaryStart, summaryOffsetStart }: { summaryStart: bigint; summaryOffsetStart: bigint }) {
  const view = new DataView(new ArrayBuffer(25));
  view.setUint8(0, Opcode.FOOTER);
  view.setBigUint64(1, 20n, true);
  view.setBigUint64(9, summaryStart, true);
  view.setBigUint64(17, summaryOffsetStart, true);
  return view;
}
