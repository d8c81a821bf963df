import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  answerHealth,
  checkExposure,
  closeServer,
  keepAlive,
  listenOn,
  refusal,
  refuseUpgrade,
  websocketUrl,
} from '@praxis/policy/node';
import {
  type BridgeHub,
  type BridgeSession,
  FOXGLOVE_SUBPROTOCOLS,
  FoxgloveSession,
  RosbridgeSession,
} from '@praxis/wire/bridge';
import { type WebSocket, WebSocketServer } from 'ws';

/** Largest frame of a client (bytes): it may publish pictures. A larger one ends its connection. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;
/** What waits for a client that read slowly is sent so often (ms), also while the world stands still. */
const FLUSH_PERIOD_MS = 20;
/** Foxglove's usual port. */
export const BRIDGE_PORT = 8765;

/** Options of a {@link BridgeServer}. */
export interface BridgeServerOptions {
  readonly hub: BridgeHub;
  /** Token that clients send as `Authorization: Api-Key TOKEN` or in the address, as `?token=TOKEN`. Default: none. */
  readonly token?: string;
  /** Origins of pages that may connect beside those of this machine, such as `https://app.foxglove.dev`. Default: none. */
  readonly origins?: readonly string[];
  /** Largest number of clients at a time. Default: 32. */
  readonly maximumClients?: number;
  /** Remarks on connections in one line each. Default: none. */
  readonly onNote?: (line: string) => void;
}

/** What the owner of a bridge sees of its connections. */
export interface BridgeConnections {
  /** Number of connected clients. */
  readonly clients: number;
  /** Bytes that wait in this process for clients to read. */
  readonly bufferedBytes: number;
}

/** Where a server listens. */
export interface BridgeAddress {
  /** Interface. Default: 127.0.0.1, which only this machine reaches. Any other one requires a token. */
  readonly host?: string;
  /** Port; 0 chooses a free one. Default: {@link BRIDGE_PORT}. */
  readonly port?: number;
}

/**
 * The websocket connections of a bridge: the subprotocol says which are Foxglove's, and those without one are rosbridge's. It takes the upgrades of another server, or listens itself.
 *
 * @example
 * import { BridgeServer } from '@praxis/evaluation';
 * import { BridgeHub } from '@praxis/wire/bridge';
 *
 * const server = new BridgeServer({ hub: new BridgeHub('example') });
 * console.log(await server.listen({ port: 0 })); // ws://127.0.0.1:...
 * await server.close();
 */
export class BridgeServer implements BridgeConnections {
  readonly #options: BridgeServerOptions;
  readonly #sockets: WebSocketServer;
  readonly #sessions = new Set<BridgeSession>();
  readonly #timer: NodeJS.Timeout;
  #http: Server | undefined;

  constructor(options: BridgeServerOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      handleProtocols: (offered) => FOXGLOVE_SUBPROTOCOLS.find((each) => offered.has(each)) ?? false,
    });
    this.#timer = setInterval(() => {
      for (const session of this.#sessions) session.flush();
    }, FLUSH_PERIOD_MS).unref();
  }

  get clients(): number {
    return this.#sessions.size;
  }

  get bufferedBytes(): number {
    return [...this.#sockets.clients].reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);
  }

  /**
   * Listens on a port of its own.
   * @returns the address, such as `ws://127.0.0.1:8765`
   * @throws {InputError} when an interface beside the loopback one has no token, or the port cannot be opened
   */
  async listen({ host = '127.0.0.1', port = BRIDGE_PORT }: BridgeAddress = {}): Promise<string> {
    checkExposure(host, this.#options.token);
    const http = createServer(answerHealth('a websocket of Foxglove or rosbridge'));
    http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    await listenOn(http, host, port);
    this.#http = http;
    return websocketUrl(http);
  }

  /** Takes a request for a websocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { token, origins = [], maximumClients = 32 } = this.#options;
    const peer = request.socket.remoteAddress ?? 'a client';
    const status =
      refusal(request, token, { origins }) ??
      (this.clients >= maximumClients ? '503 Service Unavailable' : unknownProtocol(request));
    if (status === undefined) {
      this.#sockets.handleUpgrade(request, socket, head, (client) => this.#serve(client, peer));
      return;
    }
    this.#options.onNote?.(`${peer}: refused with ${status}`);
    refuseUpgrade(socket, status);
  }

  /**
   * Takes a request for a websocket on a port with other services if it is for a bridge: one with a subprotocol of Foxglove, or for the path
   * `/rosbridge`.
   * @returns true if it was taken
   */
  upgradeOwn(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const isOwn =
      offeredProtocols(request).some((each) => FOXGLOVE_SUBPROTOCOLS.includes(each)) ||
      /^\/rosbridge(\?|$)/.test(request.url ?? '');
    if (isOwn) this.upgrade(request, socket, head);
    return isOwn;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
    if (this.#http) await closeServer(this.#http);
  }

  #serve(client: WebSocket, peer: string): void {
    keepAlive(client);
    client.on('error', (error) => this.#options.onNote?.(`${peer}: ${error.message}`));
    const session = this.#open(client);
    this.#sessions.add(session);
    this.#options.onNote?.(`${peer}: connected (${client.protocol || 'rosbridge'})`);
    let unhandled = 0;
    client.on('message', (data: Buffer, isBinary) => {
      const done = session.receive(isBinary ? data : data.toString('utf8'));
      if (!done) return;
      // What the client sends meanwhile stays with it.
      if (unhandled++ === 0) client.pause();
      void done.then(() => {
        if (--unhandled === 0) client.resume();
      });
    });
    client.on('close', () => {
      session.end();
      this.#sessions.delete(session);
      this.#options.onNote?.(`${peer}: disconnected`);
    });
  }

  #open(client: WebSocket): BridgeSession {
    const { hub } = this.#options;
    return client.protocol === '' ? new RosbridgeSession(hub, client) : new FoxgloveSession(hub, client);
  }
}

const offeredProtocols = ({ headers }: IncomingMessage): readonly string[] =>
  headers['sec-websocket-protocol']?.split(',').map((each) => each.trim()) ?? [];

/** The status for a client that offers only subprotocols that are unknown here. */
function unknownProtocol(request: IncomingMessage): string | undefined {
  const offered = offeredProtocols(request);
  const isUnknown = offered.length > 0 && offered.every((each) => !FOXGLOVE_SUBPROTOCOLS.includes(each));
  return isUnknown ? '400 Bad Request' : undefined;
}
