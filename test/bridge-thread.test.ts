import { InputError } from '@praxis/core';
import { BridgeServer } from '@praxis/evaluation';
import { messageCodec } from '@praxis/wire';
import { BridgeHub, type BridgeOutput, type BridgeWorld } from '@praxis/wire/bridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { BridgeThread } from '../packages/evaluation/src/bridge/thread/bridge-thread.ts';
import { BACKLOG_BYTES } from '../packages/evaluation/src/bridge/thread/remote-hub.ts';
import { eventually } from './live-world.ts';

const STRING = 'std_msgs/msg/String';
const textOf = (data: string): Uint8Array => messageCodec(STRING).write({ data });

/** A world that takes short texts, and speeds that are numbers. */
function sampleWorld(): { readonly world: BridgeWorld; readonly heard: readonly string[] } {
  const heard: string[] = [];
  let speed = 1;
  const world: BridgeWorld = {
    topics: [
      { topic: '/note', type: STRING },
      { topic: '/state', type: STRING, keep: 'each', history: 'latched' },
    ],
    services: [
      { name: '/go', call: async () => ({ success: true, message: 'gone' }) },
      {
        name: '/fail',
        call: () => {
          throw new InputError('the arm is stopped');
        },
      },
    ],
    parameters: [
      { name: '/task', get: () => 'pick' },
      {
        name: '/speed',
        get: () => speed,
        set: (value) => {
          if (typeof value !== 'number') throw new InputError(`speed: ${String(value)}, expected a number`);
          speed = value;
        },
      },
    ],
    inputs: [
      {
        topic: '/say',
        type: STRING,
        accept: (message) => {
          const { data } = message as { readonly data: string };
          if (data.length > 10) throw new InputError(`${data}: too long`);
          heard.push(data);
        },
      },
    ],
  };
  return { world, heard };
}

interface Bridge {
  readonly hub: BridgeOutput;
  readonly url: string;
}

async function onThread(notes: string[] = []): Promise<Bridge & { readonly thread: BridgeThread }> {
  const onNote = (line: string) => void notes.push(line);
  const { thread, url } = await BridgeThread.open({ name: 'praxis', address: { port: 0 }, onNote });
  onTestFinished(() => thread.close());
  return { hub: thread.hub, url, thread };
}

async function inProcess(): Promise<Bridge> {
  const hub = new BridgeHub('praxis');
  const server = new BridgeServer({ hub });
  onTestFinished(() => server.close());
  return { hub, url: await server.listen({ port: 0 }) };
}

/** A client, with what it got: text as it came, and bytes as hexadecimal digits. */
async function connect(url: string, protocol?: string) {
  const socket = new WebSocket(url, protocol === undefined ? [] : [protocol]);
  onTestFinished(() => socket.terminate());
  const got: string[] = [];
  socket.on('message', (data: Buffer, isBinary) => void got.push(data.toString(isBinary ? 'hex' : 'utf8')));
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  let asked = 0;
  const send = (...operations: object[]) => {
    for (const each of operations) socket.send(JSON.stringify(each));
  };
  /** Sends requests, and waits until they are done. */
  const ask = async (...operations: object[]): Promise<void> => {
    send(...operations);
    const id = `asked ${asked++}`;
    if (protocol === undefined) send({ op: 'call_service', service: '/rosapi/get_param_names', id });
    else send({ op: 'getParameters', parameterNames: [], id });
    await eventually(() => got.some((each) => each.includes(`"${id}"`)));
  };
  return { socket, got, ask };
}

/** A binary frame of a client of Foxglove: an opcode, numbers of 32 bits, and text. */
function frameOf(opcode: number, numbers: readonly number[], text: string): Buffer {
  const head = Buffer.alloc(1 + 4 * numbers.length);
  head.writeUInt8(opcode);
  for (const [i, each] of numbers.entries()) head.writeUInt32LE(each, 1 + 4 * i);
  return Buffer.concat([head, Buffer.from(text)]);
}

/** Everything that a client of Foxglove's protocol gets that does all there is, and does some of it wrong. */
async function foxgloveConversation({ hub, url }: Bridge) {
  const { world, heard } = sampleWorld();
  hub.setWorld(world);
  const { socket, got, ask } = await connect(url, 'foxglove.sdk.v1');
  hub.publish(1, 1n, textOf('ready'));
  await ask();
  await ask({ op: 'subscribe', subscriptions: [1, 2].map((id) => ({ id, channelId: id })) });
  const wanted = [hub.wants(0), hub.wants(1)];
  for (let i = 0; i < 3; i++) hub.publish(0, BigInt(i), textOf(`note ${i}`));
  hub.setTime(7n);
  hub.publish(1, 8n, textOf('running'));
  await ask();
  for (const [callId, serviceId] of [1, 2, 77].entries()) {
    socket.send(frameOf(2, [serviceId, callId, 4], 'json'));
    await eventually(() => got.some((each) => isAnswer(each, callId)));
  }
  await ask(
    { op: 'subscribeParameterUpdates', parameterNames: ['/speed'] },
    { op: 'setParameters', parameters: [{ name: '/speed', value: 2 }], id: 'set' },
    {
      op: 'setParameters',
      parameters: ['/speed', '/task', '/none'].map((name) => ({ name, value: 'fast' })),
      id: 'refused',
    },
  );
  await ask({ op: 'advertise', channels: [{ id: 5, topic: '/say', schemaName: STRING, encoding: 'json' }] });
  for (const text of ['{"data": "hello"}', '{"data": "hello for long"}', '{"data": 5}', '{', '{"data": "again"}'])
    socket.send(frameOf(1, [5], text));
  await ask({ op: 'fly' }, { op: 'unsubscribe', subscriptionIds: [2] });
  hub.setWorld({ ...world, topics: [{ topic: '/other', type: STRING }, world.topics[0]], services: [] });
  hub.publish(1, 9n, textOf('still'));
  await ask();
  return { got, heard, wanted, later: [hub.wants(0), hub.wants(1)] };
}

/** The answer to a call of a service: its response in bytes, or its failure as text. */
const isAnswer = (frame: string, callId: number): boolean =>
  frame.startsWith('03') ? frame.slice(10, 12) === `0${callId}` : frame.includes(`"callId":${callId}`);

/** The same for a client of rosbridge. */
async function rosbridgeConversation({ hub, url }: Bridge) {
  const { world, heard } = sampleWorld();
  hub.setWorld(world);
  const { socket, got, ask } = await connect(url);
  hub.publish(1, 1n, textOf('ready'));
  await ask();
  await ask(
    { op: 'subscribe', topic: '/note' },
    { op: 'subscribe', topic: '/state' },
    { op: 'subscribe', topic: '/x' },
  );
  const wanted = [hub.wants(0), hub.wants(1)];
  for (let i = 0; i < 3; i++) hub.publish(0, BigInt(i), textOf(`note ${i}`));
  hub.publish(1, 8n, textOf('running'));
  await ask();
  for (const service of ['/go', '/fail', '/none']) {
    socket.send(JSON.stringify({ op: 'call_service', service, id: service }));
    await eventually(() => got.some((each) => each.includes(`"id":"${service}"`)));
  }
  const param = (name: string, value: string) => {
    return { op: 'call_service', service: '/rosapi/set_param', id: `${name} ${value}`, args: { name, value } };
  };
  await ask(param('/speed', '2'), param('/speed', '"fast"'), param('/task', '"push"'), param('/none', '1'));
  await ask({ op: 'call_service', service: '/rosapi/get_param', args: { name: '/speed' } });
  for (const data of ['hello', 'hello for long', 5, 'again'])
    socket.send(JSON.stringify({ op: 'publish', topic: '/say', msg: { data }, id: String(data) }));
  await ask({ op: 'fly', id: 'wrong' }, { op: 'unsubscribe', topic: '/state' });
  hub.setWorld({ ...world, topics: [{ topic: '/other', type: STRING }, world.topics[0]] });
  hub.publish(1, 9n, textOf('still'));
  await ask();
  return { got, heard, wanted, later: [hub.wants(0), hub.wants(1)] };
}

describe('a bridge in a thread of its own', () => {
  it("shows and answers Foxglove's clients frame by frame as one on the thread of the world", async () => {
    const threaded = await foxgloveConversation(await onThread());
    expect(threaded).toEqual(await foxgloveConversation(await inProcess()));
    expect(threaded.wanted).toEqual([true, true]);
    expect(threaded.later).toEqual([false, true]);
    expect(threaded.heard).toEqual(['hello', 'again']);
    expect(threaded.got.join()).toContain('hello for long: too long');
    expect(threaded.got.join()).toContain('speed: fast, expected a number');
  });

  it('shows and answers clients of rosbridge frame by frame as one on the thread of the world', async () => {
    const threaded = await rosbridgeConversation(await onThread());
    expect(threaded).toEqual(await rosbridgeConversation(await inProcess()));
    expect(threaded.heard).toEqual(['hello', 'again']);
    expect(threaded.got.join()).toContain('hello for long: too long');
  });

  it('keeps what waits for a client that never reads in its thread, and bounds it there', async () => {
    const { hub, url, thread } = await onThread();
    hub.setWorld({ ...sampleWorld().world, topics: [{ topic: '/picture', type: 'sensor_msgs/msg/Image' }] });
    const { socket, got, ask } = await connect(url, 'foxglove.sdk.v1');
    await ask({ op: 'subscribe', subscriptions: [{ id: 1, channelId: 1 }] });
    socket.pause();
    const bytes = 1_000_000;
    for (let i = 0; i < 100; i++) {
      const data = new Uint8Array(hub.bufferFor?.(bytes) ?? new ArrayBuffer(bytes), 0, bytes).fill(i);
      hub.publish(0, BigInt(i), data);
      await hub.settle?.();
      await new Promise((resolve) => setImmediate(resolve));
      expect(thread.hub.backlogBytes).toBeLessThan(BACKLOG_BYTES);
    }
    await eventually(() => thread.hub.backlogBytes === 0);
    expect(thread.bufferedBytes).toBeLessThan(4 * bytes);
    socket.resume();
    const numberOf = (frame: string): number => Number.parseInt(frame.slice(10, 12), 16);
    const pictures = await eventually(() => {
      const found = got.filter((each) => each.startsWith('01'));
      return found.some((each) => numberOf(each) === 99) && found;
    });
    expect(pictures.length).toBeLessThan(100);
    // Each that came is whole: no memory was used again too early.
    for (const each of pictures) expect(each.slice(26)).toBe(each.slice(10, 12).repeat(bytes));
  });

  it('leaves the world alone when its thread ends, and says so once', async () => {
    const notes: string[] = [];
    const { hub, url, thread } = await onThread(notes);
    const { world } = sampleWorld();
    hub.setWorld(world);
    const { socket, ask } = await connect(url, 'foxglove.sdk.v1');
    await ask({ op: 'subscribe', subscriptions: [{ id: 1, channelId: 1 }] });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    hub.publish(0, 1n, textOf('before'));
    thread.kill();
    for (let i = 0; i < 10; i++) hub.publish(0, 2n, textOf('between'));
    await closed;
    await eventually(() => !hub.wants(1));
    hub.publish(0, 3n, textOf('after'));
    hub.setTime(4n);
    hub.reportParameters();
    hub.setWorld(world);
    expect([hub.wants(0), hub.settle?.(), thread.clients]).toEqual([false, undefined, 0]);
    const last = notes.filter((line) => line.startsWith('bridge:'));
    expect(last).toEqual(['bridge: closed, since its thread ended with status 1; the world goes on without clients']);
    await thread.close();
  });

  it('is refused on an interface without a token, and on a port that is taken', async () => {
    const { url } = await onThread();
    const port = Number(new URL(url).port);
    const open = (address: object) => BridgeThread.open({ name: 'praxis', address });
    await expect(open({ port })).rejects.toThrow(`127.0.0.1:${port}: cannot be opened (EADDRINUSE)`);
    await expect(open({ host: '0.0.0.0', port: 0 })).rejects.toThrow(InputError);
  });
});
