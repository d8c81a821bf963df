import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { errorMessage, type Policy } from '@praxis/core';
import { type WebSocket, WebSocketServer } from 'ws';
import { elementCount } from '../numbers/axes.ts';
import { ServedPolicy, servedMetadata } from '../remote/served-policy.ts';
import { checkExposure, refusal } from './admission.ts';
import { keepAlive } from './keep-alive.ts';
import { answerHealth, closeServer, HEALTH_PATH, listenOn, refuseUpgrade, websocketUrl } from './listening.ts';
import { PolicyPool } from './policy-pool.ts';

/** Largest image where a policy takes images of any size (bytes): 3840 x 2160. */
const LARGEST_IMAGE_BYTES = 3 * 3840 * 2160;
/** Largest observation beside the elements of the policy's inputs (bytes): texts, keys, and larger images, which get an error in words. */
const MAX_EXTRA_BYTES = 16 * 2 ** 20;
/** Observations of one connection that may wait; openpi's client sends one at a time. */
const MAX_WAITING = 4;

/** Options of {@link PolicyServer.listen}. */
export interface PolicyServerOptions {
  /** Opens a policy. It is called once before the server listens, and again for each connection beside the first. */
  readonly open: () => Promise<Policy>;
  /** Interface. Default: 127.0.0.1, which only this machine reaches. Any other one requires a token. */
  readonly host?: string;
  /** Port; 0 chooses a free one. Default: 8000, that of openpi's server. */
  readonly port?: number;
  /** Token that clients send as `Authorization: Api-Key TOKEN`. Default: none. */
  readonly token?: string;
  /** Certificate and key (PEM) for `wss://`. Default: `ws://`. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** Largest number of connections at a time, each with a policy of its own. Default: 8. */
  readonly maximumConnections?: number;
  /** Takes an upgrade for another service on the same port, and then returns true. Default: all are clients of the policy. */
  readonly upgradeOther?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  /** Answers requests that are neither for a websocket nor for `/healthz`. Default: they get 404. */
  readonly answerOther?: RequestListener;
  /** Remarks on connections and errors, in one line each. Default: none. */
  readonly onNote?: (line: string) => void;
}

/**
 * Serves a policy by openpi's websocket protocol. Each connection has a policy of its own, so that the state of one client's episode
 * does not reach another's. `/healthz` answers OK.
 *
 * @example
 * import { loadPolicyFromDirectory, PolicyServer } from '@praxis/policy/node';
 *
 * const server = await PolicyServer.listen({ open: () => loadPolicyFromDirectory('models/default'), port: 8000 });
 * console.log(server.url); // ws://127.0.0.1:8000
 */
export class PolicyServer {
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #pool: PolicyPool;
  readonly #options: PolicyServerOptions;
  readonly #metadata: Uint8Array;
  #connections = 0;

  private constructor(options: PolicyServerOptions, first: Policy) {
    this.#options = options;
    this.#pool = new PolicyPool(options.open, first);
    this.#metadata = servedMetadata(first);
    const elements = first.spec.inputs.map(({ shape, window, open = [] }) => {
      const size = elementCount(shape);
      return window * (open.includes('size') ? Math.max(size, LARGEST_IMAGE_BYTES / 8) : size);
    });
    const maxPayload = MAX_EXTRA_BYTES + 8 * elements.reduce((sum, each) => sum + each, 0);
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
    const health = answerHealth('a websocket');
    const { answerOther = health } = options;
    const answer: RequestListener = (request, response) =>
      request.url === HEALTH_PATH ? health(request, response) : answerOther(request, response);
    this.#http = options.tls ? createHttpsServer({ ...options.tls }, answer) : createHttpServer(answer);
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /**
   * Opens the policy and listens.
   * @throws {InputError} when an interface beside the loopback one has no token, or the port cannot be opened; what `open` throws
   */
  static async listen(options: PolicyServerOptions): Promise<PolicyServer> {
    const { host = '127.0.0.1', port = 8000, token } = options;
    checkExposure(host, token);
    const server = new PolicyServer(options, await options.open());
    try {
      await listenOn(server.#http, host, port);
    } catch (error) {
      await server.#pool.close();
      throw error;
    }
    return server;
  }

  /** Address for clients, such as `ws://127.0.0.1:8000`. */
  get url(): string {
    return websocketUrl(this.#http, this.#options.tls ? 'wss' : 'ws');
  }

  /** Number of connections that have a policy; one that has ended keeps it until a running inference returns. */
  get connections(): number {
    return this.#connections;
  }

  /** Ends all connections and closes the policies. */
  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    await closeServer(this.#http);
    await this.#pool.close();
  }

  #note(line: string): void {
    this.#options.onNote?.(line);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (this.#options.upgradeOther?.(request, socket, head)) return;
    const full = this.connections >= (this.#options.maximumConnections ?? 8);
    const status = refusal(request, this.#options.token) ?? (full ? '503 Service Unavailable' : undefined);
    const peer = request.socket.remoteAddress ?? 'a client';
    if (status === undefined) {
      this.#sockets.handleUpgrade(request, socket, head, (client) => void this.#serve(client, peer));
      return;
    }
    this.#note(`${peer}: refused with ${status}`);
    refuseUpgrade(socket, status);
  }

  async #serve(client: WebSocket, peer: string): Promise<void> {
    this.#connections++;
    keepAlive(client);
    client.on('error', (error) => this.#note(`${peer}: ${error.message}`));
    const waiting: Uint8Array[] = [];
    let wake = (): void => {};
    client.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) client.close(1003, 'expected binary messages');
      else if (waiting.length >= MAX_WAITING)
        client.close(1008, `more than ${MAX_WAITING} observations without an answer`);
      else {
        waiting.push(data);
        wake();
      }
    });
    client.on('close', () => wake());
    let policy: Policy | undefined;
    try {
      policy = await this.#pool.take();
      this.#note(`${peer}: connected`);
      const served = new ServedPolicy(policy);
      client.send(this.#metadata);
      while (client.readyState === client.OPEN) {
        const message = waiting.shift();
        if (message === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const answer = await served.answer(message);
        if (typeof answer === 'string') this.#note(`${peer}: ${answer}`);
        if (client.readyState === client.OPEN) client.send(answer);
      }
      this.#note(`${peer}: disconnected`);
    } catch (error) {
      this.#note(`${peer}: ${errorMessage(error)}`);
      client.close(1011, 'the policy does not open');
    } finally {
      if (policy) this.#pool.giveBack(policy);
      this.#connections--;
    }
  }
}
