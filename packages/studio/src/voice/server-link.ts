import type { Extension } from '@praxis/policy';
import { Backlog, encodePiece, type FromListener, VOICE_PATH } from '@praxis/speech';

/** Sound that waits for the line (s), and bytes that the browser may hold unsent before it waits. */
const WAITING = 2;
const UNSENT = 1 << 18;

export interface ServerLinkOptions {
  /** Hz. */
  readonly rate: number;
  readonly extension: Extension;
  readonly onMessage: (message: Exclude<FromListener, { kind: 'refused' }>) => void;
  /** @param pieces that found no place on the line since the beginning */
  readonly onDropped: (pieces: number) => void;
  /** The line is gone, not by our doing. One line. */
  readonly onLost: (reason: string) => void;
}

interface Waiting {
  readonly samples: Float32Array;
  readonly stamp: number;
}

/** The line to the server that served the page: sound goes out, what was heard comes back. */
export class ServerLink {
  readonly #socket: WebSocket;
  readonly #waiting: Backlog<Waiting>;
  readonly #onDropped: (pieces: number) => void;
  #dropped = 0;
  #refusal: string | undefined;

  constructor({ rate, extension, onMessage, onDropped, onLost }: ServerLinkOptions) {
    this.#onDropped = onDropped;
    this.#waiting = new Backlog(WAITING, ({ samples }) => samples.length / rate);
    const url = new URL(VOICE_PATH, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => {
      this.#socket.send(JSON.stringify({ kind: 'open', rate, extension }));
      this.#flush();
    };
    this.#socket.onmessage = ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as FromListener;
      if (message.kind === 'refused') this.#refusal = message.message;
      else onMessage(message);
    };
    this.#socket.onclose = ({ reason }) =>
      onLost(this.#refusal ?? (reason || 'the praxis server is gone: start it again with npm start'));
  }

  /** @param stamp of the first sample (s) */
  send(samples: Float32Array, stamp: number): void {
    const gone = this.#waiting.push({ samples, stamp }).length;
    this.#dropped += gone;
    if (gone > 0) this.#onDropped(this.#dropped);
    this.#flush();
  }

  close(): void {
    this.#socket.onclose = null;
    this.#socket.onmessage = null;
    this.#socket.close();
  }

  #flush(): void {
    while (this.#socket.readyState === WebSocket.OPEN && this.#socket.bufferedAmount < UNSENT) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#socket.send(encodePiece(next.samples, next.stamp));
    }
  }
}
