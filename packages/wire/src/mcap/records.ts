import { McapStreamReader, type TypedMcapRecord } from '@mcap/core';
import { errorMessage } from '@praxis/core';
import type { ByteSource } from './byte-source.ts';
import { McapError } from './error.ts';

/** Opcode and length before each record (bytes). */
export const RECORD_HEAD_BYTES = 9;

/** Opcodes of MCAP's records (mcap.dev/spec). */
export const OPCODE = {
  header: 0x01,
  footer: 0x02,
  schema: 0x03,
  channel: 0x04,
  message: 0x05,
  chunk: 0x06,
  metadata: 0x0c,
} as const;

/** A record's place in a file or in the records of a chunk. */
export interface RecordPlace {
  readonly opcode: number;
  /** Offset of its first byte. */
  readonly offset: number;
  /** Offset of its content, and the number of its bytes. */
  readonly content: number;
  readonly length: number;
}

/** A message of a file. */
export interface ReadMessage {
  /** Id of its channel in the file. */
  readonly channelId: number;
  readonly sequence: number;
  /** Time at which it was received (ns). */
  readonly logTime: bigint;
  /** Time of its source (ns). */
  readonly publishTime: bigint;
  readonly data: Uint8Array;
}

export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** The place of a record from its head. @param end offset behind the last byte that it may have; undefined if it goes on behind it */
export function placeOf(head: Uint8Array, offset: number, end: number): RecordPlace | undefined {
  const length = Number(viewOf(head).getBigUint64(1, true));
  const content = offset + RECORD_HEAD_BYTES;
  return content + length > end ? undefined : { opcode: head[0], offset, content, length };
}

/** Bytes of a message's fields before its data. */
const MESSAGE_HEAD_BYTES = 22;

/** Reads the content of a message record. @throws {McapError} when it is too short */
export function messageOf(content: Uint8Array, offset: number): ReadMessage {
  if (content.length < MESSAGE_HEAD_BYTES) {
    throw new McapError(offset, `a message of ${content.length} bytes, expected at least ${MESSAGE_HEAD_BYTES}`);
  }
  const view = viewOf(content);
  return {
    channelId: view.getUint16(0, true),
    sequence: view.getUint32(2, true),
    logTime: view.getBigUint64(6, true),
    publishTime: view.getBigUint64(14, true),
    data: content.subarray(MESSAGE_HEAD_BYTES),
  };
}

/**
 * Reads a whole record that is neither message nor chunk.
 * @param bytes the record with its head
 * @param offset its offset in the file
 * @throws {McapError} when its content is not valid
 */
export function recordOf(bytes: Uint8Array, offset: number): TypedMcapRecord {
  const reader = new McapStreamReader({ noMagicPrefix: true });
  try {
    reader.append(bytes.slice());
    const record = reader.nextRecord();
    if (record) return record;
  } catch (cause) {
    throw new McapError(offset, `a record of type ${bytes[0]} that cannot be read: ${errorMessage(cause)}`, { cause });
  }
  throw new McapError(offset, `a record of type ${bytes[0]} that is not complete`);
}

/** Chunk record without its messages. */
export interface ChunkPlace {
  readonly offset: number;
  /** Times of its first and last message (ns, log time). */
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly uncompressedSize: number;
  /** CRC-32 of the uncompressed records; 0 if it was not computed. */
  readonly crc: number;
  readonly compression: string;
  /** Offset of the compressed records in the file, and the number of their bytes. */
  readonly records: number;
  readonly recordsLength: number;
}

/** Bytes of a chunk's fields before the name of its compression, with the length of that name. */
const CHUNK_HEAD_BYTES = 32;
/** The longest name of a compression that is read (bytes). */
const MAX_COMPRESSION_NAME_BYTES = 64;

/** Reads what stands before the messages of a chunk. @throws {McapError} when it is not valid */
export async function chunkPlace(source: ByteSource, { offset, content, length }: RecordPlace): Promise<ChunkPlace> {
  const refuse = (reason: string): McapError => new McapError(offset, `${source.name}: a chunk ${reason}`);
  if (length < CHUNK_HEAD_BYTES + 8) throw refuse(`of ${length} bytes`);
  const head = await source.read(content, Math.min(length, CHUNK_HEAD_BYTES + MAX_COMPRESSION_NAME_BYTES + 8));
  const view = viewOf(head);
  const nameLength = view.getUint32(28, true);
  if (CHUNK_HEAD_BYTES + nameLength + 8 > head.length)
    throw refuse(`whose compression has a name of ${nameLength} bytes`);
  const recordsLength = Number(view.getBigUint64(CHUNK_HEAD_BYTES + nameLength, true));
  const start = CHUNK_HEAD_BYTES + nameLength + 8;
  if (start + recordsLength !== length) throw refuse(`of ${length} bytes with ${recordsLength} bytes of records`);
  return {
    offset,
    startTime: view.getBigUint64(0, true),
    endTime: view.getBigUint64(8, true),
    uncompressedSize: Number(view.getBigUint64(16, true)),
    crc: view.getUint32(24, true),
    compression: new TextDecoder().decode(head.subarray(CHUNK_HEAD_BYTES, CHUNK_HEAD_BYTES + nameLength)),
    records: content + start,
    recordsLength,
  };
}
