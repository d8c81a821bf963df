import { MessageReader } from '@foxglove/rosmsg2-serialization';
import { errorMessage } from '@praxis/core';
import { definitionsOf } from '../definitions/definitions.ts';
import { type Message, MessageError } from '../messages/messages.ts';
import { MessageWriter } from './writer.ts';

/** Encodes and decodes one message type in CDR, the wire encoding of ROS 2 (OMG DDS-XTypes, 7.4.1). */
export interface MessageCodec<T extends object = object> {
  /** Message type, as `package/msg/Name`. */
  readonly type: string;
  /**
   * Decodes a message. Numeric arrays are views of `bytes` if alignment and byte order allow it: copy the message
   * before `bytes` is overwritten.
   * @throws {MessageError} when the bytes are not such a message: in another encoding (PL_CDR, XCDR2), truncated, with lengths beyond the end, or with bytes
   * left over.
   */
  read(bytes: Uint8Array): T;
  /**
   * Encodes a message in little-endian order; missing fields become zero.
   * @param buffer holds the result if it is large enough, as for pictures that are encoded again and again; another one is made otherwise
   * @throws {MessageError} when a value does not fit its field.
   */
  write(message: T, buffer?: ArrayBufferLike): Uint8Array;
}

/**
 * Largest padding of a message (bytes). CDR pads to whole words of 4 bytes (DDS-XTypes 7.6.3.1.2), some middleware to
 * 8.
 */
const MAX_PADDING_BYTES = 7;

/** Encapsulation identifiers of RTPS (DDS-XTypes 7.6.3.1.2) without their last bit, which is the byte order. */
const ENCAPSULATIONS: Readonly<Record<number, string>> = {
  0: 'CDR',
  2: 'PL_CDR',
  4: 'XML',
  6: 'CDR2',
  8: 'D_CDR2',
  10: 'PL_CDR2',
};
/** Size of the encapsulation header (bytes): identifier and options. */
const HEADER_BYTES = 4;

/** Refuses every encoding but plain CDR: other alignments and member headers would be read as values. */
function checkEncapsulation(type: string, bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES) {
    throw new MessageError(`${type}: ${bytes.length} bytes, expected a header of ${HEADER_BYTES} and the message`);
  }
  const id = 256 * bytes[0] + bytes[1];
  if (id <= 1) return;
  const name = ENCAPSULATIONS[id & ~1] ?? 'unknown';
  const found = `0x${id.toString(16).padStart(4, '0')} (${name})`;
  throw new MessageError(`${type}: encapsulation ${found}, expected plain CDR: 0x0000 or 0x0001`);
}

class CdrCodec<T extends object> implements MessageCodec<T> {
  readonly type: string;
  readonly #reader: MessageReader<T>;
  readonly #writer: MessageWriter;

  constructor(type: string) {
    this.type = type;
    const definitions = definitionsOf(type);
    this.#reader = new MessageReader<T>(definitions);
    this.#writer = new MessageWriter(definitions);
  }

  read(bytes: Uint8Array): T {
    checkEncapsulation(this.type, bytes);
    let message: T;
    try {
      message = this.#reader.readMessage(bytes);
    } catch (cause) {
      throw new MessageError(`${this.type}: ${bytes.length} bytes that cannot be decoded: ${errorMessage(cause)}`, {
        cause,
      });
    }
    // The reader reads the whole buffer behind the view, so a wrong length may reach bytes outside the message.
    const used = this.#reader.lastReadByteLength();
    if (used > bytes.length) throw new MessageError(`${this.type}: ${bytes.length} bytes, its lengths ask for ${used}`);
    if (bytes.length - used > MAX_PADDING_BYTES) {
      throw new MessageError(`${this.type}: ${bytes.length} bytes, of which the type has only ${used}`);
    }
    return message;
  }

  write(message: T, buffer?: ArrayBufferLike): Uint8Array {
    try {
      return this.#writer.write(message, buffer);
    } catch (cause) {
      throw new MessageError(`${this.type}: a message that cannot be encoded: ${errorMessage(cause)}`, { cause });
    }
  }
}

const codecs = new Map<string, MessageCodec>();

/**
 * Returns the codec of a message type. Codecs are cached.
 * @throws {InputError} when the type is unknown.
 */
export function messageCodec<K extends string>(type: K): MessageCodec<Message<K>> {
  let codec = codecs.get(type);
  if (!codec) {
    codec = new CdrCodec(type);
    codecs.set(type, codec);
  }
  return codec as MessageCodec<Message<K>>;
}
