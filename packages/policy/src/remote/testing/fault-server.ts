import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A websocket server on a free port that answers each message as a test says. */
export interface FaultServer {
  readonly url: string;
  /** Number of connections so far. */
  readonly connections: number;
  /** Ends all connections at once and closes the port. */
  close(): Promise<void>;
}

/**
 * Opens a server.
 * @param connected called for each connection, before any message
 * @param port a fixed port, to come back at the same address. Default: a free one
 */
export async function faultServer(
  connected: (client: WebSocket, count: number) => void,
  port = 0,
): Promise<FaultServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  let connections = 0;
  server.on('connection', (client) => {
    client.on('error', () => {});
    connected(client, ++connections);
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    close() {
      for (const client of server.clients) client.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
