import { PolicyError } from '@praxis/core';
import { decodeMessage, type WireRecord } from './message.ts';
import type { OpenSocket, Socket } from './socket.ts';

/** Pauses before a new connection (ms): short at first, since a server that restarts is back soon. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3000;
/** Longest part of a server's error text in a message (characters). */
const MAX_ERROR_TEXT = 300;

/** Settings of a {@link PolicyConnection}. */
export interface ConnectionSettings {
  readonly url: string;
  /** Value of the header `Authorization`. Default: none. */
  readonly authorization?: string;
  /** Opens the sockets. */
  readonly openSocket: OpenSocket;
  /** Largest message that is accepted (bytes). */
  readonly maximumBytes: number;
  /** Longest time from connecting to the metadata (s). */
  connectTimeoutS: number;
  /** Longest time from a request to its answer (s). */
  answerTimeoutS: number;
  /**
   * Accepts the metadata of each new connection.
   * @throws {PolicyError} to end the connection for good, when the server is not the one that it was
   */
  acceptMetadata(metadata: WireRecord): void;
}

interface Request {
  readonly resolve: (answer: WireRecord) => void;
  readonly reject: (error: PolicyError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

type State =
  | { readonly kind: 'connecting'; readonly socket: Socket; readonly timer: ReturnType<typeof setTimeout> }
  | { readonly kind: 'ready'; readonly socket: Socket }
  | { readonly kind: 'waiting'; readonly timer: ReturnType<typeof setTimeout>; readonly why: string }
  | { readonly kind: 'ended'; readonly error: PolicyError };

/** Error text of a server: openpi sends a whole traceback, whose last line says what happened. */
const lastLine = (text: string): string => (text.trimEnd().split('\n').at(-1) ?? '').trim().slice(0, MAX_ERROR_TEXT);

/**
 * A connection to a server of openpi's protocol: the server sends metadata first, then one answer for each request, in their order.
 * Requests have no number, so an answer that is overdue would be taken for the next one: the connection is then dropped and made
 * anew. A lost connection is made anew too, for as long as it takes; meanwhile requests fail at once.
 */
export class PolicyConnection {
  readonly #settings: ConnectionSettings;
  #state: State | undefined;
  #request: Request | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  /** Set until the first metadata have arrived. */
  #first: { readonly resolve: () => void; readonly reject: (error: PolicyError) => void } | undefined;
  #connections = 0;

  private constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  /**
   * Connects and waits for the metadata.
   * @throws {PolicyError} that names the address when there is no server, it refuses, or it sends no metadata in time
   */
  static async open(settings: ConnectionSettings): Promise<PolicyConnection> {
    const connection = new PolicyConnection(settings);
    await new Promise<void>((resolve, reject) => {
      connection.#first = { resolve, reject };
      connection.#connect();
    });
    return connection;
  }

  /** Number of connections that were ready so far. */
  get connections(): number {
    return this.#connections;
  }

  /**
   * Sends a request and waits for its answer. One at a time.
   * @throws {PolicyError} when there is no connection, the last answer is still awaited, the server reports an error, sends none in
   *   time, or sends what cannot be decoded
   */
  request(bytes: Uint8Array<ArrayBuffer>): Promise<WireRecord> {
    const state = this.#state;
    return new Promise((resolve, reject) => {
      if (state?.kind !== 'ready') {
        const why =
          state?.kind === 'waiting' ? state.why : state?.kind === 'ended' ? state.error.message : 'connecting';
        reject(state?.kind === 'ended' ? state.error : this.#error(`no connection (${why})`));
      } else if (this.#request) {
        reject(this.#error('the last observation has no answer yet'));
      } else {
        const { answerTimeoutS } = this.#settings;
        const timer = setTimeout(() => this.#lose(`no answer within ${answerTimeoutS} s`), 1000 * answerTimeoutS);
        this.#request = { resolve, reject, timer };
        state.socket.send(bytes);
      }
    });
  }

  /** Ends the connection for good. A pending request rejects. */
  close(): void {
    this.#end(this.#error('the connection was closed'));
  }

  #error(what: string): PolicyError {
    return new PolicyError(`${this.#settings.url}: ${what}`);
  }

  #connect(): void {
    const { url, authorization, maximumBytes, connectTimeoutS, openSocket } = this.#settings;
    const timer = setTimeout(() => this.#lose(`no metadata within ${connectTimeoutS} s`), 1000 * connectTimeoutS);
    // Events of a socket that was given up do not concern the next one.
    let socket: Socket | undefined;
    const current = (): boolean =>
      this.#state !== undefined && 'socket' in this.#state && this.#state.socket === socket;
    try {
      socket = openSocket(
        { url, authorization, maximumBytes },
        {
          message: (data) => {
            if (current()) this.#receive(data);
          },
          closed: (reason) => {
            if (current()) this.#lose(reason);
          },
        },
      );
    } catch (error) {
      clearTimeout(timer);
      this.#end(error instanceof Error ? new PolicyError(error.message, { cause: error }) : this.#error(String(error)));
      return;
    }
    this.#state = { kind: 'connecting', socket, timer };
  }

  #receive(data: Uint8Array | string): void {
    const state = this.#state;
    if (state?.kind === 'connecting') this.#receiveMetadata(data, state);
    else if (this.#request) this.#receiveAnswer(data, this.#request);
    else this.#lose('a message that answers no observation');
  }

  #receiveMetadata(data: Uint8Array | string, { socket, timer }: State & { kind: 'connecting' }): void {
    let metadata: WireRecord;
    try {
      if (typeof data === 'string') throw this.#error(`a text in place of metadata: ${lastLine(data)}`);
      metadata = decodeMessage(data);
    } catch (error) {
      this.#lose(`no metadata: ${(error as Error).message}`);
      return;
    }
    clearTimeout(timer);
    try {
      this.#settings.acceptMetadata(metadata);
    } catch (error) {
      this.#end(error as PolicyError);
      return;
    }
    this.#state = { kind: 'ready', socket };
    this.#connections++;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#first?.resolve();
    this.#first = undefined;
  }

  #receiveAnswer(data: Uint8Array | string, { resolve, reject, timer }: Request): void {
    clearTimeout(timer);
    this.#request = undefined;
    if (typeof data === 'string') {
      reject(this.#error(`the server reports: ${lastLine(data)}`));
      return;
    }
    try {
      resolve(decodeMessage(data));
    } catch (error) {
      reject(this.#error(`answer: ${(error as Error).message}`));
    }
  }

  /** Gives the current socket up, and connects again after a pause. Before the first metadata, it ends the connection. */
  #lose(why: string): void {
    this.#release(this.#error(why));
    if (this.#first) {
      this.#end(this.#error(why));
      return;
    }
    const timer = setTimeout(() => this.#connect(), this.#pauseMs);
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    this.#state = { kind: 'waiting', timer, why };
  }

  #end(error: PolicyError): void {
    this.#release(error);
    if (this.#state?.kind !== 'ended') this.#state = { kind: 'ended', error };
    this.#first?.reject(error);
    this.#first = undefined;
  }

  /** Drops the socket and its timers, and rejects the pending request. */
  #release(error: PolicyError): void {
    const state = this.#state;
    if (state && 'timer' in state) clearTimeout(state.timer);
    if (state && 'socket' in state) state.socket.drop();
    const request = this.#request;
    this.#request = undefined;
    if (!request) return;
    clearTimeout(request.timer);
    request.reject(error);
  }
}
