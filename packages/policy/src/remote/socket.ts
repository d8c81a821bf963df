import { InputError } from '@praxis/core';

/** What a socket reports to the connection that opened it. After `closed` it reports nothing. */
export interface SocketEvents {
  /** A whole message: bytes, or a text frame. */
  message(data: Uint8Array | string): void;
  /** The connection has ended, or was never made. @param reason in words, such as `ECONNREFUSED` */
  closed(reason: string): void;
}

/** One websocket that is being opened or is open. */
export interface Socket {
  /** Sends a binary message, in the order of the calls. */
  send(bytes: Uint8Array<ArrayBuffer>): void;
  /** Ends the connection at once. */
  drop(): void;
}

/** Settings of a new socket. */
export interface SocketSettings {
  readonly url: string;
  /** Value of the header `Authorization`; undefined sends none. */
  readonly authorization: string | undefined;
  /** Largest message that is accepted (bytes). */
  readonly maximumBytes: number;
}

/** Opens a websocket. Failures are reported to `closed`. */
export type OpenSocket = (settings: SocketSettings, events: SocketEvents) => Socket;

/**
 * Opens the `WebSocket` that browsers have.
 * @throws {InputError} for an authorisation, since a page cannot set headers
 */
export const openBrowserSocket: OpenSocket = ({ url, authorization, maximumBytes }, { message, closed }) => {
  if (authorization !== undefined)
    throw new InputError(`${url}: a page cannot send a token in a header, expected none`);
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let live = true;
  const end = (reason: string): void => {
    if (!live) return;
    live = false;
    socket.close();
    closed(reason);
  };
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (!live) return;
    const size = typeof data === 'string' ? data.length : data.byteLength;
    if (size > maximumBytes) end(`a message of ${size} bytes, expected at most ${maximumBytes}`);
    else message(typeof data === 'string' ? data : new Uint8Array(data));
  };
  socket.onclose = ({ code, reason }) => end(reason || `closed with ${code}`);
  return {
    send: (bytes) => socket.send(bytes),
    drop() {
      live = false;
      socket.close();
    },
  };
};
