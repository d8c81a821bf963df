import { MessageReader } from '@foxglove/rosmsg2-serialization';
import { errorMessage } from '@praxis/core';
import { definitionsOf } from '../definitions/definitions.ts';
import { MessageError, type MessageOf, type MessageType } from '../messages/messages.ts';
import { MessageWriter } from './writer.ts';

/** Reads and writes one type of message in CDR, the encoding of ROS 2's messages on the wire (OMG DDS-XTypes, 7.4.1). */
export interface MessageCodec<T extends object = object> {
  /** As `package/msg/Name`. */
  readonly type: string;
  /**
   * Decodes a message. Arrays of numbers are views of `bytes` where alignment and byte order allow: copy the message
   * before `bytes` is written again, or its numbers change.
   * @throws {MessageError} when the bytes are no such message: cut short, lengths that pass its end, bytes left over.
   */
  read(bytes: Uint8Array): T;
  /**
   * Encodes a message, little-endian; fields that are missing get zeros.
   * @throws {MessageError} when a value does not fit its field.
   */
  write(message: T): Uint8Array;
}

/** CDR pads a message to whole words of 4 bytes (DDS-XTypes 7.6.3.1.2); some middleware to 8. */
const MAX_PADDING_BYTES = 7;

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
    let message: T;
    try {
      message = this.#reader.readMessage(bytes);
    } catch (cause) {
      throw new MessageError(`${this.type}: ${bytes.length} bytes that cannot be decoded: ${errorMessage(cause)}`, {
        cause,
      });
    }
    // The reader looks into the buffer behind the view, where a wrong length finds other people's bytes.
    const used = this.#reader.lastReadByteLength();
    if (used > bytes.length) throw new MessageError(`${this.type}: ${bytes.length} bytes, its lengths ask for ${used}`);
    if (bytes.length - used > MAX_PADDING_BYTES) {
      throw new MessageError(`${this.type}: ${bytes.length} bytes, of which the type has only ${used}`);
    }
    return message;
  }

  write(message: T): Uint8Array {
    try {
      return this.#writer.write(message);
    } catch (cause) {
      throw new MessageError(`${this.type}: a message that cannot be encoded: ${errorMessage(cause)}`, { cause });
    }
  }
}

const codecs = new Map<string, MessageCodec>();

/** The codec of a type; made once. @throws {InputError} for a type that is unknown. */
export function messageCodec<K extends MessageType>(type: K): MessageCodec<MessageOf[K]>;
export function messageCodec(type: string): MessageCodec;
export function messageCodec(type: string): MessageCodec {
  let codec = codecs.get(type);
  if (!codec) {
    codec = new CdrCodec(type);
    codecs.set(type, codec);
  }
  return codec;
}
