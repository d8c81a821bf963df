import { loadProject, openBridge, servePolicy } from '@praxis/evaluation';
import { Ros } from 'roslib';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { runMain } from './run-main.ts';

/** The first frame that a client gets, and whether it is binary. */
function firstFrame(url: string, protocols: string[] = []): Promise<[binary: boolean, length: number, text: string]> {
  const socket = new WebSocket(url, protocols);
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer, binary) => resolve([binary, data.length, binary ? '' : data.toString()]));
    socket.on('error', reject);
  });
}

describe('one port for a policy server and a bridge', () => {
  it('gives each client the service that its subprotocol or path asks for', async () => {
    const bridge = await openBridge({ address: 'shared' });
    onTestFinished(() => bridge.close());
    const project = await loadProject();
    const server = await servePolicy({ policy: 'recording', project, port: 0, bridge: bridge.server });
    onTestFinished(() => server.close());
    const [isBinary] = await firstFrame(server.url);
    expect(isBinary).toBe(true);
    const [, , text] = await firstFrame(server.url, ['foxglove.sdk.v1']);
    expect(JSON.parse(text)).toMatchObject({ op: 'serverInfo', name: 'praxis' });
    const ros = new Ros();
    onTestFinished(() => ros.close());
    await ros.connect(`${server.url}/rosbridge`);
    const { topics } = await new Promise<{ topics: string[] }>((resolve, reject) => ros.getTopics(resolve, reject));
    expect(topics).toEqual([]);
    expect([server.connections, bridge.server.clients]).toEqual([1, 2]);
  });

  it('refuses options of a world without one, and a world that is unknown, in one line', async () => {
    const refused = async (...args: string[]) => {
      const { status, err } = await runMain(['serve', '--port', '0', ...args]);
      return [status, err.trim()];
    };
    expect(await refused('--seed', '3')).toEqual([2, 'praxis serve: --seed: expected --world with it']);
    expect(await refused('--driver', 'client')).toEqual([2, 'praxis serve: --driver: expected --world with it']);
    expect(await refused('--world', 'moon')).toEqual([2, expect.stringContaining('praxis serve: --world moon:')]);
  });
});
