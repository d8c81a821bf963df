import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorMessage, InputError, SystemClock, visibleText } from '@praxis/core';
import { type WebSocket, WebSocketServer } from 'ws';
import { VOICE_PATH } from '../../link/messages.ts';
import { Connection, type OpenSpeechSession } from './connection.ts';

/** Largest message: the first one carries the words of a policy. */
const MAX_MESSAGE_BYTES = 1 << 19;
/** Largest number of concurrent pages. Each has its own recogniser of about 70 MB. */
const MAX_PAGE_COUNT = 4;
/** Largest number of connections that have not said hello; the oldest gives way to a new one. */
const MAX_SILENT_COUNT = 16;

/** Answers an upgrade request with an HTTP error. */
function rejectUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Recognises the speech of web pages: receives audio over WebSockets on the port of the page, and sends utterances and stops. */
export class VoiceServer {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  readonly #connections = new Set<Connection>();
  readonly #clock = new SystemClock();
  readonly #openSession: OpenSpeechSession;
  readonly #helloTimeoutMs: number | undefined;
  /** Number of sessions that are open, are being opened, or are not closed yet. */
  #sessions = 0;
  /** Called when a session is closed. */
  readonly #waiting: (() => void)[] = [];

  /**
   * @param openSession opens a speech session for each page
   * @param helloTimeoutMs longest time from the connection to the call of `listen`. Default: 5 s
   */
  constructor(openSession: OpenSpeechSession, helloTimeoutMs?: number) {
    this.#openSession = openSession;
    this.#helloTimeoutMs = helloTimeoutMs;
  }

  /** Number of connections whose speech session is not closed yet. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Handles the `upgrade` event of an HTTP server. Rejects foreign pages with 403 and other paths with 404. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (request.url !== VOICE_PATH) rejectUpgrade(socket, '404 Not Found');
    else if (!isOwnPage(request)) rejectUpgrade(socket, '403 Forbidden');
    else this.#sockets.handleUpgrade(request, socket, head, (page) => this.#acceptPage(page));
  }

  /** Terminates all connections. Resolves once their sessions are closed. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#connections].map((each) => each.close()));
    this.#sockets.close();
  }

  /** Gives a page a session when fewer than {@link MAX_PAGE_COUNT} others have one. The tab's own old session gives way. */
  #admit(connection: Connection, token: string): void {
    const others = [...this.#connections].filter((each) => each !== connection && !each.closed && each.token);
    const before = others.filter((each) => each.token === token);
    for (const each of before) each.dismiss('the page has opened a new session');
    if (others.length - before.length >= MAX_PAGE_COUNT)
      throw new InputError(`the server listens to ${MAX_PAGE_COUNT} pages already: close one of them`);
  }

  /** Waits for the end of an earlier session when as many as there may be pages are in memory. */
  async #reserve(connection: Connection): Promise<(() => void) | undefined> {
    while (this.#sessions >= MAX_PAGE_COUNT && !connection.closed) {
      await Promise.race([new Promise<void>((resolve) => this.#waiting.push(resolve)), connection.left]);
    }
    if (connection.closed) return undefined;
    this.#sessions++;
    return () => {
      this.#sessions--;
      for (const resume of this.#waiting.splice(0)) resume();
    };
  }

  #acceptPage(page: WebSocket): void {
    const silent = [...this.#connections].filter((each) => each.token === undefined && !each.closed);
    if (silent.length >= MAX_SILENT_COUNT) silent[0].dismiss('too many connections');
    const admission = {
      admit: (one: Connection, token: string) => this.#admit(one, token),
      reserve: (one: Connection) => this.#reserve(one),
    };
    const connection = new Connection(page, this.#openSession, this.#clock, admission, this.#helloTimeoutMs);
    this.#connections.add(connection);
    const forget = () => this.#connections.delete(connection);
    connection.done.then(forget, (error: unknown) => {
      forget();
      console.error(`voice: ${visibleText(errorMessage(error))}`);
    });
  }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * True for a page of this server under a loopback name. A browser lets any page open a WebSocket to any server and declares the
 * origin of the page. The list of loopback names excludes a foreign name that resolves to this machine.
 */
function isOwnPage({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === host && LOOPBACK.has(page.hostname);
}
