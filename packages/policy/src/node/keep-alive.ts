import type { WebSocket } from 'ws';

/** Time between two pings (ms). A client that answers none until the next is gone. */
const PING_PERIOD_MS = 20_000;

/** Ends a connection whose client answers no ping. */
export function keepAlive(client: WebSocket): void {
  let answered = true;
  client.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) client.terminate();
    answered = false;
    client.ping();
  }, PING_PERIOD_MS);
  client.on('close', () => clearInterval(timer));
}
