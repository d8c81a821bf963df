import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { InputError } from '@praxis/core';

/** Opens the port of a server; 0 chooses a free one. @throws {InputError} when it cannot be opened */
export async function listenOn(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (cause) {
    throw new InputError(`${host}:${port}: cannot be opened (${(cause as NodeJS.ErrnoException).code})`, { cause });
  }
}

/** Address of a server that listens, for clients of its websockets, such as `ws://127.0.0.1:8000`. */
export function websocketUrl(server: Server, scheme: 'ws' | 'wss' = 'ws'): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Ends the connections of a server, and waits until its port is free. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Refuses a request for a websocket. @param status status line of the answer, such as `403 Forbidden` */
export const refuseUpgrade = (socket: Duplex, status: string): void =>
  void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);

/** Where a server says that it runs. */
export const HEALTH_PATH = '/healthz';

/** Answers requests that are none for a websocket: `/healthz` with OK, and others with what the server expects. */
export const answerHealth =
  (expected: string) =>
  ({ url, method }: IncomingMessage, response: ServerResponse): void => {
    const health = url === HEALTH_PATH && (method === 'GET' || method === 'HEAD');
    response.writeHead(health ? 200 : 404, { 'Content-Type': 'text/plain' });
    response.end(health ? 'OK\n' : `expected ${expected}, or /healthz\n`);
  };
