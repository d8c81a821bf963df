import type { BridgeSocket } from './socket.ts';
import { RareReport, TopicQueue } from './topic-queue.ts';

/** With so many bytes on their way, messages of topics wait (bytes). */
export const HIGH_WATER_BYTES = 1024 * 1024;
/** A client that lets so much wait, which only answers to its own requests reach, is disconnected (bytes). */
export const DISCONNECT_BYTES = 64 * 1024 * 1024;

/** Makes a frame when it is sent, so that one that is left out costs nothing. */
export type MakeFrame = () => string | Uint8Array;

/** Bounds what waits for one client: of each topic the newest messages wait, and older ones are left out. */
export class ClientQueue {
  readonly #socket: BridgeSocket;
  readonly #report: RareReport;
  readonly #waiting = new TopicQueue<MakeFrame>();

  /** @param onDropped called with the number of messages left out so far: for the first, the tenth, the hundredth ... */
  constructor(socket: BridgeSocket, onDropped: (dropped: number) => void) {
    this.#socket = socket;
    this.#report = new RareReport(onDropped);
  }

  /** Messages that were left out. */
  get dropped(): number {
    return this.#waiting.dropped;
  }

  /** Sends an answer, ahead of what waits. */
  answer(frame: string | Uint8Array): void {
    this.#socket.send(frame);
    if (this.#socket.bufferedAmount > DISCONNECT_BYTES) this.#socket.close(1008, 'answers are not read');
  }

  /**
   * Sends a message, or lets it wait.
   * @param keep number of messages of the topic that may wait, at least 1
   */
  send(topic: string, keep: number, frame: MakeFrame): void {
    this.flush();
    if (this.#waiting.size === 0 && this.#hasRoom) this.#socket.send(frame());
    else if (this.#waiting.add(topic, keep, frame)) this.#report.tell(this.#waiting.dropped);
  }

  /** Sends what waits, as far as the client reads. */
  flush(): void {
    while (this.#waiting.size > 0 && this.#hasRoom) this.#socket.send(this.#waiting.take()!());
  }

  /** Leaves out what waits of a topic, after the end of its subscription. */
  forget(topic: string): void {
    this.#waiting.forget(topic);
  }

  get #hasRoom(): boolean {
    return this.#socket.bufferedAmount < HIGH_WATER_BYTES;
  }
}
