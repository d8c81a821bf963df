import type { McapMessage } from '@praxis/wire/mcap';

/** Messages of at least so many bytes keep a buffer of their own, which is handed over, or shared, without a copy. */
const OWN_BUFFER_BYTES = 16 * 1024;
/** Channel, length, and two times before each packed message (bytes). */
const HEAD_BYTES = 22;

/** A large message in memory that both threads have. */
interface SharedMessage extends Omit<McapMessage, 'data'> {
  /** Number of the buffer, in the order in which buffers came. */
  readonly shared: number;
  /** The buffer itself, with its first message only: every further copy would count as new memory, for which a thread collects garbage. */
  readonly buffer?: SharedArrayBuffer;
  readonly start: number;
  readonly length: number;
}

/** Packed messages, or one large message. */
type Part = Uint8Array | McapMessage | SharedMessage;

/** Messages on their way to another thread: small ones packed into one buffer. */
export interface MessageBatch {
  readonly parts: readonly Part[];
  /** Bytes of the messages' data. */
  readonly bytes: number;
}

/** Collects messages to a batch. */
export class BatchBuilder {
  #parts: Part[] = [];
  readonly #shared = new Map<SharedArrayBuffer, number>();
  #pack = new Uint8Array(32 * 1024);
  #length = 0;
  #bytes = 0;

  /** Bytes of the messages' data so far. */
  get bytes(): number {
    return this.#bytes;
  }

  add(message: McapMessage): void {
    const { channel, logTime, publishTime, data } = message;
    this.#bytes += data.length;
    if (data.length >= OWN_BUFFER_BYTES) {
      this.#closePack();
      this.#parts.push(this.#partOf(message));
      return;
    }
    const end = this.#length + HEAD_BYTES + data.length;
    if (end > this.#pack.length) this.#grow(end);
    const view = new DataView(this.#pack.buffer, this.#length);
    view.setUint16(0, channel, true);
    view.setUint32(2, data.length, true);
    view.setBigUint64(6, logTime, true);
    view.setBigUint64(14, publishTime, true);
    this.#pack.set(data, this.#length + HEAD_BYTES);
    this.#length = end;
  }

  /** The batch with the buffers to hand over; the next one begins. */
  finish(): { readonly batch: MessageBatch; readonly transfer: readonly object[] } {
    this.#closePack();
    const parts = this.#parts;
    const batch = { parts, bytes: this.#bytes };
    this.#parts = [];
    this.#bytes = 0;
    const transfer = parts.flatMap((part) => ('shared' in part ? [] : 'data' in part ? part.data.buffer : part.buffer));
    return { batch, transfer };
  }

  #partOf(message: McapMessage): McapMessage | SharedMessage {
    const { data, ...head } = message;
    const { buffer, byteOffset: start, length } = data;
    if (!(buffer instanceof SharedArrayBuffer)) return message;
    const known = this.#shared.get(buffer);
    if (known !== undefined) return { ...head, shared: known, start, length };
    const shared = this.#shared.size;
    this.#shared.set(buffer, shared);
    return { ...head, shared, buffer, start, length };
  }

  #closePack(): void {
    if (this.#length === 0) return;
    this.#parts.push(this.#pack.slice(0, this.#length));
    this.#length = 0;
  }

  #grow(size: number): void {
    const pack = new Uint8Array(Math.max(size, 2 * this.#pack.length));
    pack.set(this.#pack.subarray(0, this.#length));
    this.#pack = pack;
  }
}

/** Reads batches on the other thread. */
export class BatchReader {
  readonly #shared: SharedArrayBuffer[] = [];

  /** The messages of a batch in their order. */
  *messagesOf({ parts }: MessageBatch): Generator<McapMessage> {
    for (const part of parts) {
      if ('shared' in part) {
        const { shared, buffer, start, length, ...head } = part;
        if (buffer) this.#shared[shared] = buffer;
        yield { ...head, data: new Uint8Array(this.#shared[shared], start, length) };
      } else if ('data' in part) {
        yield part;
      } else {
        yield* unpack(part);
      }
    }
  }
}

function* unpack(part: Uint8Array): Generator<McapMessage> {
  for (let at = 0; at < part.length; ) {
    const view = new DataView(part.buffer, part.byteOffset + at);
    const end = at + HEAD_BYTES + view.getUint32(2, true);
    yield {
      channel: view.getUint16(0, true),
      logTime: view.getBigUint64(6, true),
      publishTime: view.getBigUint64(14, true),
      data: part.subarray(at + HEAD_BYTES, end),
    };
    at = end;
  }
}
