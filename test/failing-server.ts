import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { ServedPolicy, servedMetadata } from '@praxis/policy/remote';
import { type WebSocket, WebSocketServer } from 'ws';
import { root } from './run-praxis.ts';

/** A server that is open. */
export interface FailingServer {
  readonly url: string;
  close(): void;
}

/**
 * Serves the shipped policy for some requests, of all connections together, and fails from then on.
 * @param fail answers, or not, each further request; `count` counts them from 0
 */
export async function failingServer(
  goodAnswers: number,
  fail: (client: WebSocket, count: number) => void,
): Promise<FailingServer> {
  const policy = await loadPolicyFromDirectory(join(root, 'models/default'));
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  let requests = 0;
  server.on('connection', (client) => {
    const served = new ServedPolicy(policy);
    client.send(servedMetadata(policy));
    const answerTo = async (data: Buffer): Promise<void> => {
      const request = requests++;
      if (request < goodAnswers) client.send(await served.answer(data));
      else fail(client, request - goodAnswers);
    };
    client.on('message', (data: Buffer) => void answerTo(data));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
