import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorMessage, SystemClock } from '@praxis/core';
import { type WebSocket, WebSocketServer } from 'ws';
import { VOICE_PATH } from '../../link/messages.ts';
import { Connection, type OpenSpeechSession, refusePage } from './connection.ts';

/** Largest message (bytes): the first one brings a policy's words. */
const MAX_MESSAGE_BYTES = 1 << 19;
/** Pages that are listened to at once: each has a recogniser of its own, some 70 MB. */
const MAX_PAGES = 4;

/** Refuses a socket before it is one. */
function rejectUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Listens for pages: takes their sound over a socket on the port that serves them, says what was heard. */
export class VoiceServer {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  readonly #connections = new Set<Connection>();
  readonly #clock = new SystemClock();
  readonly #openSession: OpenSpeechSession;

  /** @param open makes an ear for each page */
  constructor(open: OpenSpeechSession) {
    this.#openSession = open;
  }

  /** Pages that are listened to now, and those whose recogniser is not yet ended. */
  get connections(): number {
    return this.#connections.size;
  }

  /** An HTTP server's `upgrade` event. Whoever is no page of ours is refused with 403, another path with 404. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (request.url !== VOICE_PATH) rejectUpgrade(socket, '404 Not Found');
    else if (!isOwnPage(request)) rejectUpgrade(socket, '403 Forbidden');
    else this.#sockets.handleUpgrade(request, socket, head, (page) => this.#acceptPage(page));
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#connections].map((each) => each.close()));
    this.#sockets.close();
  }

  #acceptPage(page: WebSocket): void {
    if (this.#connections.size === MAX_PAGES) {
      refusePage(page, `the server listens to ${MAX_PAGES} pages already: close one of them`);
      return;
    }
    const connection = new Connection(page, this.#openSession, this.#clock);
    this.#connections.add(connection);
    const forget = () => this.#connections.delete(connection);
    connection.done.then(forget, (error: unknown) => {
      forget();
      console.error(`voice: ${errorMessage(error)}`);
    });
  }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * True for a page that this very server served under a name of this machine's own. Browsers let any page open a socket
 * to any server and say honestly where the page is from; a foreign name that was made to point here is no name of ours.
 */
function isOwnPage({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === host && LOOPBACK.has(page.hostname);
}
