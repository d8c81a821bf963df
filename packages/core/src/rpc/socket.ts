import { ExitReport, type Transport } from './transport.ts';

/** An event of a socket. */
export interface SocketEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly code?: number;
  readonly reason?: string;
}

/**
 * A WebSocket of a browser or of `ws`.
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
 * Encoding of messages on a socket. JSON has numbers, texts, arrays and objects; typed arrays need another codec.
 *
 * @example
 * const codec: SocketCodec = { encode: (message) => pack(message), decode: (data) => unpack(data) };
 */
export interface SocketCodec {
  encode(message: unknown): string | ArrayBuffer;
  /** @throws when the data is not a message: the socket is closed with code 1007 and the error's message */
  decode(data: string | ArrayBuffer): unknown;
}

/**
 * Encodes messages as JSON text.
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

/** Values of `WebSocket.readyState`. */
const CONNECTING_STATE = 0;
const OPEN_STATE = 1;
/** Close code of RFC 6455 for malformed data. */
const MALFORMED_CLOSE_CODE = 1007;
/** Longest reason (bytes): a close frame holds 123, and a cut character may take up to 3 of them. */
const MAX_REASON_BYTES = 120;

/**
 * Transport over a WebSocket, on either side. Messages sent before the socket is open are queued. The exit reason
 * contains the close code and reason. Transferred objects are copied.
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
  // The close event with the code follows.
  socket.addEventListener('error', () => undefined);
  socket.addEventListener('close', ({ code, reason }) =>
    exit.report({ ...(code === undefined ? {} : { code }), ...(reason ? { detail: reason } : {}) }),
  );
  return {
    send(message) {
      const data = codec.encode(message);
      if (socket.readyState === OPEN_STATE) socket.send(data);
      else if (socket.readyState === CONNECTING_STATE) waiting.push(data);
    },
    onMessage(listener) {
      socket.addEventListener('message', ({ data }) => {
        if (socket.readyState !== OPEN_STATE) return;
        let message: unknown;
        try {
          message = codec.decode(data as string | ArrayBuffer);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          socket.close(
            MALFORMED_CLOSE_CODE,
            new TextDecoder().decode(new TextEncoder().encode(reason).subarray(0, MAX_REASON_BYTES)),
          );
          return;
        }
        listener(message);
      });
    },
    onExit: (listener) => exit.listen(listener),
    close: () => socket.close(),
  };
}
