import { createConnection } from 'node:net';
import { BridgeServer } from '@praxis/evaluation';
import { BridgeHub } from '@praxis/wire/bridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { eventually, liveWorld } from './live-world.ts';

/** A websocket that is open, with the JSON objects that it got. */
async function open(url: string, protocol?: string, options: WebSocket.ClientOptions = {}) {
  const socket = new WebSocket(url, protocol === undefined ? [] : [protocol], options);
  onTestFinished(() => socket.terminate());
  const received: Readonly<Record<string, unknown>>[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) received.push(JSON.parse(data.toString()) as Readonly<Record<string, unknown>>);
  });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => reject(new Error(`status ${response.statusCode}`)));
  });
  return { socket, received, statuses: () => received.filter(({ op }) => op === 'status') };
}

/** Status of the answer to an attempt to connect. */
const statusOf = async (url: string, options: WebSocket.ClientOptions = {}, protocol = 'foxglove.sdk.v1') => {
  try {
    await open(url, protocol, options);
    return 'open';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a bridge among clients that do wrong', () => {
  it('answers garbage, large frames and broken JSON with a status each, and serves the next client', async () => {
    const world = await liveWorld();
    for (const protocol of ['foxglove.websocket.v1', undefined]) {
      const { socket, statuses } = await open(world.url, protocol);
      socket.send('{"op": ');
      socket.send('not JSON');
      socket.send(Buffer.alloc(1_000_000, 0xff));
      socket.send(JSON.stringify({ op: 'x'.repeat(1_000_000) }));
      socket.send('{"op": "launch"}');
      await eventually(() => statuses().length >= 5);
      await world.runUntil(world.episode.time + 0.05);
      expect(statuses()).toHaveLength(5);
    }
    const { received } = await open(world.url, 'foxglove.sdk.v1');
    await eventually(() => received.some(({ op }) => op === 'serverInfo'));
    expect(world.remarks.filter((line) => /error|invalid/i.test(line))).toEqual([]);
  });

  it('ends a connection whose frames break the protocol of websockets, or are too large, and goes on', async () => {
    const world = await liveWorld();
    const { socket } = await open(world.url);
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.send(Buffer.alloc(9 * 1024 * 1024));
    expect(await closed).toBe(1009);
    const raw = createConnection(Number(new URL(world.url).port), '127.0.0.1');
    onTestFinished(() => void raw.destroy());
    raw.on('error', () => {});
    raw.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n');
    raw.write('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
    await eventually(() => world.bridge.server.clients === 1);
    raw.write(Buffer.alloc(64, 0xff));
    await eventually(() => world.bridge.server.clients === 0);
    const { received } = await open(world.url, 'foxglove.sdk.v1');
    await eventually(() => received.length > 0);
  });

  it('leaves out messages for a client that never reads, and the world runs on', async () => {
    const world = await liveWorld();
    const { socket, received } = await open(world.url, 'foxglove.websocket.v1');
    const advertised = await eventually(() => received.find(({ op }) => op === 'advertise'));
    const channels = advertised.channels as readonly { readonly id: number }[];
    socket.send(JSON.stringify({ op: 'subscribe', subscriptions: channels.map(({ id }) => ({ id, channelId: id })) }));
    await eventually(() => world.bridge.hub.wants(0));
    socket.pause();
    // What the kernel takes for a client that reads nothing is a few megabytes; a few pictures fill it.
    const pictureBytes = 4_000_000;
    for (let i = 0; i < 12; i++) {
      world.bridge.hub.publish(0, BigInt(i), new Uint8Array(pictureBytes));
      await world.runUntil(world.episode.time + 0.002);
    }
    expect(world.bridge.server.bufferedBytes).toBeLessThan(2 * pictureBytes);
    const before = world.episode.time;
    await world.runUntil(before + 0.05);
    expect(world.episode.time).toBeGreaterThan(before);
    socket.resume();
    await eventually(() => received.some(({ op, level }) => op === 'status' && level === 1));
  });

  it('admits pages of this machine and of the origins that are allowed, and with a token nobody without it', async () => {
    const origins = ['https://app.foxglove.dev'];
    const serve = async (token?: string) => {
      const server = new BridgeServer({ hub: new BridgeHub('test'), token, origins });
      onTestFinished(() => server.close());
      return server.listen({ port: 0 });
    };
    const url = await serve();
    const from = (origin: string) => ({ headers: { origin } });
    expect(await statusOf(url)).toBe('open');
    expect(await statusOf(url, from('http://localhost:8080'))).toBe('open');
    expect(await statusOf(url, from(origins[0]))).toBe('open');
    expect(await statusOf(url, from('https://evil.example'))).toBe('status 403');
    expect(await statusOf(url, { headers: { host: 'evil.example' } })).toBe('status 403');
    expect(await statusOf(url, {}, 'mqtt')).toBe('status 400');
    const guarded = await serve('secret');
    expect(await statusOf(guarded)).toBe('status 401');
    expect(await statusOf(`${guarded}/?token=wrong`)).toBe('status 401');
    expect(await statusOf(`${guarded}/?token=secret`)).toBe('open');
    expect(await statusOf(guarded, { headers: { authorization: 'Api-Key secret' } })).toBe('open');
    expect(await statusOf(`${guarded}/?token=secret`, from('https://evil.example'))).toBe('status 403');
    await expect(serve('two words')).rejects.toThrow('token: expected characters without spaces');
    const server = new BridgeServer({ hub: new BridgeHub('test') });
    await expect(server.listen({ host: '0.0.0.0', port: 0 })).rejects.toThrow('host 0.0.0.0: other machines reach it');
    await server.close();
  });
});
