/**
 * Two clients of a bridge in a process of their own, which both subscribe to every topic: one reads everything, the other one reads little.
 *
 *   node --import ./packages/core/source-loader.mjs bench/recording/clients.ts ws://127.0.0.1:PORT
 *
 * Tells its parent `ready`, and answers any message with {@link ClientCounts}.
 */
import { createRequire } from 'node:module';
import { FOXGLOVE_SUBPROTOCOLS } from '@praxis/wire/bridge';
import WebSocket from 'ws';

// It is a CommonJS module whose names Node's loader does not see.
const { FoxgloveClient } = createRequire(import.meta.url)(
  '@foxglove/ws-protocol',
) as typeof import('@foxglove/ws-protocol');

/** What the clients got so far. */
export interface ClientCounts {
  /** Messages by topic. */
  readonly everything: Readonly<Record<string, number>>;
  readonly slow: Readonly<Record<string, number>>;
  /** Processor time of this process (s). */
  readonly cpuS: number;
}

/** What the slow client reads of a connection, in each of its periods (bytes, ms): 1 MB/s. */
const SLOW_BYTES = 100_000;
const SLOW_PERIOD_MS = 100;

async function subscribeToAll(url: string, socket: WebSocket): Promise<Record<string, number>> {
  socket.binaryType = 'arraybuffer';
  // The client sets handlers as a browser's socket has them.
  const client = new FoxgloveClient({ ws: socket as never });
  const counts: Record<string, number> = {};
  const topics = new Map<number, string>();
  client.on('message', ({ subscriptionId }) => {
    const topic = topics.get(subscriptionId)!;
    counts[topic] = (counts[topic] ?? 0) + 1;
  });
  await new Promise<void>((resolve, reject) => {
    client.on('error', () => reject(new Error(`${url}: cannot be reached`)));
    // The answer comes after the server has done what was sent before.
    client.on('parameterValues', () => resolve());
    client.on('advertise', (channels) => {
      for (const { id, topic } of channels) topics.set(client.subscribe(id), topic);
      client.getParameters(['/praxis/task'], 'subscribed');
    });
  });
  return counts;
}

const url = process.argv[2];
const fast = new WebSocket(url, [FOXGLOVE_SUBPROTOCOLS[1]]);
const everything = await subscribeToAll(url, fast);
const slow = new WebSocket(url, [FOXGLOVE_SUBPROTOCOLS[1]]);
const little = await subscribeToAll(url, slow);
let read = 0;
slow.on('message', (data: ArrayBuffer) => {
  read += data.byteLength;
  if (read >= SLOW_BYTES && !slow.isPaused) slow.pause();
});
setInterval(() => {
  // A picture that is larger than a share uses those of the next periods.
  read = Math.max(0, read - SLOW_BYTES);
  if (read < SLOW_BYTES && slow.isPaused) slow.resume();
}, SLOW_PERIOD_MS);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ everything, slow: little, cpuS: (user + system) / 1e6 } satisfies ClientCounts);
});
process.on('disconnect', () => process.exit());
process.send!('ready');
