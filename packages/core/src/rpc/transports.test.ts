import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { CommandError, InputError } from '../errors/errors.ts';
import {
  describeExit,
  execArgvOf,
  moduleBeside,
  portTransport,
  processTransport,
  ServiceClient,
  ServiceExitedError,
  serve,
  socketTransport,
  type Transport,
  threadTransport,
} from './index.ts';
import { type Adder, openAdder } from './testing/adder.ts';

const module = moduleBeside('./testing/adder-service', import.meta.url);
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function channel(start: number): Transport {
  const { port1, port2 } = new MessageChannel();
  serve<Adder>(portTransport(port1), (emit) => openAdder(start, emit));
  return portTransport(port2);
}

const forked = (start: number) =>
  fork(fileURLToPath(module), [JSON.stringify({ start })], {
    execArgv: execArgvOf(module),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });

async function socket(start: number): Promise<Transport> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  closing.push(() => server.close());
  server.on('connection', (each) => serve<Adder>(socketTransport(each), (emit) => openAdder(start, emit)));
  await once(server, 'listening');
  return socketTransport(new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

const lines: Record<string, (start: number) => Transport | Promise<Transport>> = {
  MessageChannel: channel,
  thread: (start) => threadTransport(new Worker(module, { workerData: { start }, execArgv: execArgvOf(module) })),
  process: (start) => processTransport(forked(start)),
  socket: socket,
};

describe.each(Object.entries(lines))('over a %s', (kind, line) => {
  const open = async (start = 0, sums: number[] = []) => {
    const client = await ServiceClient.open<Adder>(await line(start), {
      events: { sum: (sum) => sums.push(sum) },
    });
    closing.push(() => client.close());
    return client;
  };

  it('answers calls, sends events, keeps error classes, and ends on close', async () => {
    const sums: number[] = [];
    const client = await open(5, sums);
    expect(await client.ready).toEqual({ start: 5 });
    expect(await Promise.all([client.call('add', 1), client.call('add', 2)])).toEqual([6, 8]);
    client.notify('reset');
    expect(await client.call('add', 1)).toBe(1);
    expect(sums).toEqual([6, 8, 1]);
    const error = await client.call('refuse', 'input').catch((thrown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error.cause).toBeInstanceOf(CommandError);
    expect(error.stack, 'its lines are those of the other side').toMatch(/\n +at .*\brefuse\b/);
    await client.close();
    await expect(client.call('add', 1)).rejects.toThrow(ServiceExitedError);
  });

  it('matches a slow answer after a fast one to its call', async () => {
    const client = await open();
    const order: string[] = [];
    const slow = client.call('addLater', { amount: 1, ms: 50 }).then((sum) => order.push(`slow ${sum}`));
    const fast = client.call('add', 10).then((sum) => order.push(`fast ${sum}`));
    await Promise.all([slow, fast]);
    expect(order).toEqual(['fast 10', 'slow 11']);
  });

  it("rejects open with the service's error", async () => {
    await expect(open(-1)).rejects.toThrow(new InputError('-1: expected 0 or more'));
  });

  it('cancels a call in the service', async () => {
    const client = await open();
    const controller = new AbortController();
    const waiting = client.call('wait', undefined, { signal: controller.signal });
    await client.call('add', 1);
    controller.abort(new InputError('no longer wanted'));
    await expect(waiting).rejects.toThrow(new InputError('no longer wanted'));
    expect(await client.call('cancelled')).toBe(1);
  });

  if (kind === 'thread' || kind === 'process') {
    it('an exit rejects what waits, with the reason', async () => {
      const client = await open();
      const waiting = client.call('wait');
      const last = client.call('exit', 3);
      await expect(waiting).rejects.toThrow(/status 3/);
      await expect(last).rejects.toThrow(ServiceExitedError);
      expect(await client.exited).toMatchObject({ code: 3 });
    });

    it('one that hangs can be killed', async () => {
      const client = await open();
      const hanging = client.call('hang');
      client.kill();
      await expect(hanging).rejects.toThrow(ServiceExitedError);
    });
  }

  if (kind === 'MessageChannel' || kind === 'thread') {
    it('typed arrays move both ways', async () => {
      const client = await open();
      const samples = Float64Array.of(1, -0, 0.1);
      const doubled = await client.call('double', samples, { transfer: [samples.buffer] });
      expect([...doubled]).toEqual([2, -0, 0.2]);
      expect(samples.length).toBe(0);
    });
  }
});

describe('a process', () => {
  it('reports its ending signal and its last line', async () => {
    const client = await ServiceClient.open<Adder>(processTransport(forked(0)));
    await expect(client.call('exit', 3)).rejects.toThrow('ended with status 3: something was broken');
    const killed = await ServiceClient.open<Adder>(processTransport(forked(0)));
    killed.kill();
    expect(describeExit(await killed.exited)).toBe('was ended by SIGKILL');
  });

  it('that is idle keeps the program until its end, once it is killed', async () => {
    const program = moduleBeside('./testing/close-idle', import.meta.url);
    const { stdout } = await promisify(execFile)(process.execPath, [...execArgvOf(program), fileURLToPath(program)]);
    expect(stdout).toBe('SIGKILL\n');
  });

  it('without a program fails to open', async () => {
    const child = fork('/nowhere/at-all.mjs', [], {
      execPath: '/nowhere/node',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await expect(ServiceClient.open<Adder>(processTransport(child))).rejects.toThrow(/failed: spawn .*ENOENT/);
  });
});

describe('a thread', () => {
  it('reports the error that ended it', async () => {
    const worker = new Worker('setTimeout(() => { throw new RangeError("too far") })', { eval: true });
    await expect(ServiceClient.open<Adder>(threadTransport(worker))).rejects.toThrow('the service failed: too far');
  });
});

describe('a socket', () => {
  it('closes on malformed data and reports code and reason', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    closing.push(() => server.close());
    server.on('connection', (each) => each.send('{ no JSON'));
    await once(server, 'listening');
    const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const opening = ServiceClient.open<Adder>(socketTransport(new WebSocket(address)));
    const { reason } = (await opening.catch((error) => error)) as ServiceExitedError;
    expect(reason).toMatchObject({ code: 1007, detail: expect.stringContaining('JSON') });
  });

  it('without a server fails to open', async () => {
    const opening = ServiceClient.open<Adder>(socketTransport(new WebSocket('ws://127.0.0.1:1')));
    await expect(opening).rejects.toThrow('the service ended with status 1006');
  });
});
