import { ExitReport, type Transport } from './transport.ts';

/** An event of a socket. */
export interface SocketEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly code?: number;
  readonly reason?: string;
}

/**
 * A WebSocket, of a browser or of `ws`.
 *
 * @example
 * const socket: SocketLike = new WebSocket('ws://localhost:8080');
 */
export interface SocketLike {
  readonly readyState: number;
  binaryType: string;
  send(data: string | ArrayBuffer): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: string, listener: (event: SocketEvent) => void): void;
}

/**
 * How messages look on a socket. Typed arrays need a codec of their own: JSON keeps numbers, texts, lists and objects.
 *
 * @example
 * const codec: SocketCodec = { encode: (message) => pack(message), decode: (data) => unpack(data) };
 */
export interface SocketCodec {
  encode(message: unknown): string | ArrayBuffer;
  /** @throws on data that is no message: the socket is closed with code 1007 and the error's message */
  decode(data: string | ArrayBuffer): unknown;
}

/**
 * Messages as JSON texts.
 *
 * @example
 * socketTransport(socket, jsonCodec);
 */
export const jsonCodec: SocketCodec = {
  encode: (message) => JSON.stringify(message),
  decode(data) {
    if (typeof data !== 'string') throw new TypeError('a binary message, expected JSON');
    return JSON.parse(data);
  },
};

/** States of a WebSocket. */
const CONNECTING = 0;
const OPEN = 1;
/** Close code of RFC 6455 for data that is no message. */
const MALFORMED = 1007;
/** Bytes of a reason; a close frame holds 123. A character that is cut takes up to 3 of them. */
const REASON_BYTES = 120;

/**
 * Over a WebSocket, on either side. Messages that are sent before the socket is open wait for that. The exit reason has the
 * close code and reason. Nothing moves: what a call transfers is copied.
 *
 * @example
 * const client = await ServiceClient.open<Adder>(socketTransport(new WebSocket('ws://localhost:8080')));
 */
export function socketTransport(socket: SocketLike, codec: SocketCodec = jsonCodec): Transport {
  const exit = new ExitReport();
  const waiting: (string | ArrayBuffer)[] = [];
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    for (const data of waiting.splice(0)) socket.send(data);
  });
  // A close event with the code follows.
  socket.addEventListener('error', () => undefined);
  socket.addEventListener('close', ({ code, reason }) =>
    exit.report({ ...(code === undefined ? {} : { code }), ...(reason ? { detail: reason } : {}) }),
  );
  return {
    send(message) {
      const data = codec.encode(message);
      if (socket.readyState === OPEN) socket.send(data);
      else if (socket.readyState === CONNECTING) waiting.push(data);
    },
    onMessage(listener) {
      socket.addEventListener('message', ({ data }) => {
        if (socket.readyState !== OPEN) return;
        let message: unknown;
        try {
          message = codec.decode(data as string | ArrayBuffer);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          socket.close(MALFORMED, new TextDecoder().decode(new TextEncoder().encode(reason).subarray(0, REASON_BYTES)));
          return;
        }
        listener(message);
      });
    },
    onExit: (listener) => exit.listen(listener),
    close: () => socket.close(),
  };
}
