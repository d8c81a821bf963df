import { crc32 } from '@foxglove/crc';
import { type Channel, MCAP_MAGIC, type Schema } from '@mcap/core';
import { errorMessage } from '@praxis/core';
import { loadZstd } from '../zstd/zstd.ts';
import { BufferedSource, type ByteSource } from './byte-source.ts';
import { decompress } from './compression.ts';
import { McapError } from './error.ts';
import type { McapMetadata } from './file-writer.ts';
import {
  type ChunkPlace,
  chunkPlace,
  messageOf,
  OPCODE,
  placeOf,
  RECORD_HEAD_BYTES,
  type ReadMessage,
  type RecordPlace,
  recordOf,
} from './records.ts';

const MAGIC = Uint8Array.from(MCAP_MAGIC);
/** A chunk may decompress to so many bytes. A declared length allocates no more. */
const MAX_CHUNK_BYTES = 1024 ** 3;

/** A channel of a file, with its schema. */
export interface ReadChannel {
  readonly id: number;
  readonly topic: string;
  /** Message type, as `package/msg/Name`. */
  readonly type: string;
  /** Encoding of the messages, such as `cdr`. */
  readonly encoding: string;
  readonly schema: { readonly encoding: string; readonly text: string };
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where a file was cut off, as by a kill or a full disk. */
export interface FileCut {
  /** Offset of the first byte that cannot be read. */
  readonly offset: number;
  /** Number of bytes from there to the end of the file. */
  readonly lostBytes: number;
  readonly reason: string;
}

/** An MCAP file, read from its data section: the index at its end is not needed. Several callers may read its messages at the same time. */
export class McapFile {
  readonly name: string;
  /** Profile, such as `ros2`. */
  profile = '';
  /** Program that wrote the file. */
  library = '';
  /** Channels by their ids: those outside chunks at once, the others once {@link messages} has met them. */
  readonly channels = new Map<number, ReadChannel>();
  readonly metadata: McapMetadata[] = [];
  /** Whole chunks in the order of the file. */
  readonly chunks: ChunkPlace[] = [];
  /** Where the file was cut off; undefined for a complete one. */
  cut: FileCut | undefined;
  readonly #source: ByteSource;
  readonly #schemas = new Map<number, Schema>();
  /** Offset behind the last whole record. */
  #end = MAGIC.length;

  private constructor(source: ByteSource) {
    this.#source = new BufferedSource(source);
    this.name = source.name;
  }

  /**
   * Reads heads of records, channels and facts of a file, and finds its whole chunks. A file that was cut off is read up to the cut.
   * @throws {McapError} with the offset for an empty, foreign or damaged file
   */
  static async open(source: ByteSource): Promise<McapFile> {
    const file = new McapFile(source);
    await file.#checkMagic();
    for await (const place of file.#scan()) await file.#index(place);
    if (file.chunks.some(({ compression }) => compression === 'zstd')) await loadZstd();
    return file;
  }

  /** Metadata by its name; undefined if there is none. */
  facts(name: string): Readonly<Record<string, string>> | undefined {
    return this.metadata.find((each) => each.name === name)?.values;
  }

  /**
   * Every message, in the order of the file.
   * @param chunks chunks to read. Default: all, and messages outside chunks
   * @throws {McapError} with the offset for a chunk that is damaged
   */
  async *messages(chunks?: readonly ChunkPlace[]): AsyncGenerator<ReadMessage> {
    if (chunks || this.chunks.length > 0) {
      for (const chunk of chunks ?? this.chunks) yield* this.chunkMessages(chunk, await this.#read(chunk));
      return;
    }
    for (let offset = MAGIC.length; offset < this.#end; ) {
      const place = placeOf(await this.#source.read(offset, RECORD_HEAD_BYTES), offset, this.#end)!;
      offset = place.content + place.length;
      if (place.opcode === OPCODE.message) {
        yield messageOf(await this.#source.read(place.content, place.length), place.offset);
      }
    }
  }

  /** The messages of the records of a chunk. */
  *chunkMessages({ offset: at }: ChunkPlace, records: Uint8Array): Generator<ReadMessage> {
    for (let offset = 0; offset < records.length; ) {
      const head = records.subarray(offset, offset + RECORD_HEAD_BYTES);
      const place = head.length < RECORD_HEAD_BYTES ? undefined : placeOf(head, offset, records.length);
      if (!place) throw new McapError(at, `${this.name}: a record at byte ${offset} of this chunk ends behind it`);
      const end = place.content + place.length;
      if (place.opcode === OPCODE.message) yield messageOf(records.subarray(place.content, end), at);
      else this.#define(records.subarray(offset, end), at);
      offset = end;
    }
  }

  async #checkMagic(): Promise<void> {
    const { name, size } = this.#source;
    if (size === 0) throw new McapError(0, `${name}: empty, expected an MCAP file`);
    const start = await this.#source.read(0, Math.min(size, MAGIC.length));
    const wrong = start.findIndex((byte, i) => byte !== MAGIC[i]);
    if (wrong >= 0) {
      const found = [...start].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      throw new McapError(wrong, `${name}: no MCAP file: it starts with ${found}`);
    }
    if (start.length < MAGIC.length)
      throw new McapError(size, `${name}: cut off within its first ${MAGIC.length} bytes`);
  }

  /** Places of the records outside chunks, up to the footer or the cut. */
  async *#scan(): AsyncGenerator<RecordPlace> {
    const { size } = this.#source;
    for (let offset = MAGIC.length; ; ) {
      if (offset === size) return this.#cutAt(offset, 'no index stands at its end');
      if (offset + RECORD_HEAD_BYTES > size) return await this.#damage(offset, 'a record that is not complete');
      const head = await this.#source.read(offset, RECORD_HEAD_BYTES);
      if (head[0] === 0) return await this.#damage(offset, 'a record of type 0');
      const place = placeOf(head, offset, size);
      if (!place) return await this.#damage(offset, `a record of type ${head[0]} that ends behind the file`);
      yield place;
      offset = place.content + place.length;
      this.#end = offset;
      if (place.opcode !== OPCODE.footer) continue;
      if (!(await this.#endsWithMagic()) || offset + MAGIC.length !== size) {
        return this.#cutAt(offset, 'its last bytes are missing or others follow');
      }
      return;
    }
  }

  async #index(place: RecordPlace): Promise<void> {
    const { opcode, offset, content, length } = place;
    if (this.#end === MAGIC.length && opcode !== OPCODE.header) {
      throw new McapError(offset, `${this.name}: its first record is of type ${opcode}, expected a header`);
    }
    if (opcode === OPCODE.chunk) this.chunks.push(await chunkPlace(this.#source, place));
    else if (DEFINITIONS.has(opcode)) this.#define(await this.#source.read(offset, content - offset + length), offset);
  }

  #define(bytes: Uint8Array, offset: number): void {
    if (!DEFINITIONS.has(bytes[0])) return;
    const record = recordOf(bytes, offset);
    if (record.type === 'Header') {
      this.profile = record.profile;
      this.library = record.library;
    }
    if (record.type === 'Schema') this.#schemas.set(record.id, record);
    if (record.type === 'Channel') this.#addChannel(record, offset);
    if (record.type === 'Metadata') {
      this.metadata.push({ name: record.name, values: Object.fromEntries(record.metadata) });
    }
  }

  #addChannel({ id, topic, schemaId, messageEncoding, metadata }: Channel, offset: number): void {
    if (this.channels.has(id)) return;
    const schema = this.#schemas.get(schemaId);
    if (!schema && schemaId !== 0) {
      throw new McapError(
        offset,
        `${this.name}: channel ${topic} has schema ${schemaId}, which is not defined before it`,
      );
    }
    this.channels.set(id, {
      ...{ id, topic, type: schema?.name ?? '', encoding: messageEncoding },
      schema: { encoding: schema?.encoding ?? '', text: new TextDecoder().decode(schema?.data) },
      metadata: Object.fromEntries(metadata),
    });
  }

  /** The records of a chunk. @throws {McapError} when it is damaged */
  async #read(chunk: ChunkPlace): Promise<Uint8Array> {
    const { offset, uncompressedSize, compression, crc } = chunk;
    const refuse = (reason: string, cause?: unknown): never => {
      throw new McapError(offset, `${this.name}: a damaged chunk: ${reason}`, { cause });
    };
    if (uncompressedSize > MAX_CHUNK_BYTES) refuse(`${uncompressedSize} bytes of records`);
    const compressed = await this.#source.read(chunk.records, chunk.recordsLength);
    let records = compressed;
    try {
      records = decompress(compressed, compression, uncompressedSize);
    } catch (cause) {
      refuse(errorMessage(cause), cause);
    }
    if (records.length !== uncompressedSize) refuse(`${records.length} bytes of records, expected ${uncompressedSize}`);
    if (crc !== 0 && crc32(records) !== crc) refuse('the checksum of its records is wrong');
    return records;
  }

  async #endsWithMagic(): Promise<boolean> {
    const { size } = this.#source;
    const end = await this.#source.read(size - MAGIC.length, MAGIC.length);
    return end.every((byte, i) => byte === MAGIC[i]);
  }

  /** A file that ends as a complete one does is damaged here; any other one was cut off. */
  async #damage(offset: number, reason: string): Promise<void> {
    const complete = await this.#endsWithMagic();
    if (complete || offset === MAGIC.length) throw new McapError(offset, `${this.name}: ${reason}`);
    this.#cutAt(offset, reason);
  }

  #cutAt(offset: number, reason: string): void {
    if (offset === MAGIC.length) throw new McapError(offset, `${this.name}: cut off before its header`);
    this.cut = { offset, lostBytes: this.#source.size - offset, reason };
  }
}

/** Records that say what the messages are. */
const DEFINITIONS = new Set<number>([OPCODE.header, OPCODE.schema, OPCODE.channel, OPCODE.metadata]);
