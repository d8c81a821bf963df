import type { McapMessage } from '@praxis/wire/mcap';

/** Messages of at least so many bytes keep a buffer of their own, which is handed over, or shared, without a copy. */
const OWN_BUFFER_BYTES = 16 * 1024;
/** Channel, length, and two times before each packed message (bytes). */
const HEAD_BYTES = 22;

/** Messages on their way to another thread: small ones packed into one buffer. */
export interface MessageBatch {
  /** Packed messages, or one large message. */
  readonly parts: readonly (Uint8Array | McapMessage)[];
  /** Bytes of the messages' data. */
  readonly bytes: number;
}

/** Collects messages to a batch. */
export class BatchBuilder {
  #parts: (Uint8Array | McapMessage)[] = [];
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
      this.#parts.push(message);
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
    const buffers = parts.map((part) => ('data' in part ? part.data.buffer : part.buffer));
    return { batch, transfer: buffers.filter((buffer) => !(buffer instanceof SharedArrayBuffer)) };
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

/** The messages of a batch in their order. */
export function* messagesOf({ parts }: MessageBatch): Generator<McapMessage> {
  for (const part of parts) {
    if ('data' in part) {
      yield part;
      continue;
    }
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
}
