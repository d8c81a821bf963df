import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HIGH_WATER_BYTES } from '../hub/client-queue.ts';
import { MemorySocket } from '../testing/memory-socket.ts';
import { sampleHub } from '../testing/sample-world.ts';
import { FoxgloveSession } from './foxglove-session.ts';

function connect() {
  const world = sampleHub();
  const socket = new MemorySocket();
  const session = new FoxgloveSession(world.hub, socket);
  const send = (operation: object) => void session.receive(JSON.stringify(operation));
  return { ...world, socket, session, send, statuses: () => socket.operations('status').map(({ message }) => message) };
}

const binary = (socket: MemorySocket) => socket.frames.filter((frame) => typeof frame !== 'string');

describe('FoxgloveSession', () => {
  it('introduces itself, and advertises topics with their schemas and services', () => {
    const { socket } = connect();
    expect(socket.operations('serverInfo')).toMatchObject([{ name: 'sample', supportedEncodings: ['cdr', 'json'] }]);
    expect(socket.operations('advertise')).toEqual([
      {
        op: 'advertise',
        channels: ['/note', '/state'].map((topic, i) => ({
          ...{ id: i + 1, topic, encoding: 'cdr', schemaName: 'std_msgs/msg/String' },
          ...{ schema: 'string data', schemaEncoding: 'ros2msg' },
        })),
      },
    ]);
    expect(socket.operations('advertiseServices')).toMatchObject([{ services: [{ name: '/go' }, { name: '/fail' }] }]);
  });

  it('frames a message as the specification says', () => {
    const { socket, publish, send } = connect();
    send({ op: 'subscribe', subscriptions: [{ id: 7, channelId: 1 }] });
    publish(0, 'hi');
    const [frame] = binary(socket);
    expect([...frame.subarray(0, 13)]).toEqual([1, 7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(frame.subarray(13))).toContain('hi');
  });

  it('goes on over a change of the world with the topics that stay', () => {
    const { hub, socket, publish, send } = connect();
    send({
      op: 'subscribe',
      subscriptions: [
        { id: 1, channelId: 1 },
        { id: 2, channelId: 2 },
      ],
    });
    hub.setWorld({
      ...{ services: [], parameters: [], inputs: [] },
      topics: [
        { topic: '/other', type: 'std_msgs/msg/String' },
        { topic: '/note', type: 'std_msgs/msg/String' },
      ],
    });
    expect(socket.operations('unadvertise')).toMatchObject([{ channelIds: [2] }]);
    expect(socket.operations('advertise')[1]).toMatchObject({ channels: [{ id: 3, topic: '/other' }] });
    publish(1, 'still');
    expect(binary(socket)).toHaveLength(1);
    expect([hub.wants(0), hub.wants(1)]).toEqual([false, true]);
  });

  it('encodes nothing that no client wants, and ends its subscriptions with the connection', () => {
    const { hub, session, send } = connect();
    expect(hub.wants(0)).toBe(false);
    send({ op: 'subscribe', subscriptions: [{ id: 1, channelId: 1 }] });
    expect(hub.wants(0)).toBe(true);
    session.end();
    expect(hub.wants(0)).toBe(false);
  });

  it('answers wrong frames with one clear status each, and goes on', () => {
    const { session, send, statuses, socket } = connect();
    const wrong: readonly (readonly [string | Uint8Array, string])[] = [
      ['{', 'text frame: no JSON: "{"'],
      ['[1]', 'text frame: [1], expected an object'],
      ['{}', 'op: absent, expected a text'],
      ['{"op": "fly"}', 'op "fly": unknown'],
      ['{"op": "subscribe"}', 'subscriptions: absent, expected a list'],
      ['{"op": "subscribe", "subscriptions": [{"id": -1, "channelId": 1}]}', 'id: -1, expected a whole number'],
      ['{"op": "subscribe", "subscriptions": [{"id": 1, "channelId": 99}]}', 'channel 99: not advertised'],
      ['{"op": "unsubscribe", "subscriptionIds": [4]}', 'subscription 4: unknown'],
      [
        '{"op": "advertise", "channels": [{"id": 1, "topic": "/note", "schemaName": "a/B", "encoding": "cdr"}]}',
        '/say',
      ],
      [
        '{"op": "advertise", "channels": [{"id": 1, "topic": "/say", "schemaName": "a/B", "encoding": "cdr"}]}',
        'type a/msg/B',
      ],
      [new Uint8Array(0), 'binary frame: 0 bytes, expected at least 1'],
      [Uint8Array.of(9, 9), 'binary frame: opcode 9'],
      [Uint8Array.of(1, 1, 0, 0, 0), 'channel 1: not advertised by this client'],
      [Uint8Array.of(2, 1, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255), 'binary frame: 13 bytes, expected at least'],
      [`{"op": "${'x'.repeat(1_000_000)}"}`, 'op "xxx'],
    ];
    for (const [i, [frame, message]] of wrong.entries()) {
      void session.receive(frame);
      expect(statuses()).toHaveLength(i + 1);
      expect(statuses()[i]).toContain(message);
      expect(String(statuses()[i]).length).toBeLessThan(200);
    }
    send({ op: 'getParameters', parameterNames: [], id: 'all' });
    expect(socket.operations('parameterValues')).toMatchObject([
      { id: 'all', parameters: [{ value: 'pick' }, { value: 1 }] },
    ]);
  });

  it('survives any bytes and any JSON', () => {
    const { session, send, socket } = connect();
    const op = fc.constantFrom(
      'subscribe',
      'unsubscribe',
      'advertise',
      'unadvertise',
      'getParameters',
      'setParameters',
    );
    const operation = fc.dictionary(
      fc.constantFrom(
        'subscriptions',
        'subscriptionIds',
        'channels',
        'channelIds',
        'parameterNames',
        'parameters',
        'id',
      ),
      fc.jsonValue(),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void session.receive(bytes)));
    fc.assert(fc.property(fc.string(), (text) => void session.receive(text)));
    fc.assert(fc.property(op, operation, (name, rest) => send({ ...rest, op: name })));
    send({ op: 'getParameters', parameterNames: ['/task'], id: 'after' });
    expect(socket.operations('parameterValues').at(-1)).toMatchObject({ id: 'after', parameters: [{ value: 'pick' }] });
  });

  it('calls services, and answers a call that cannot be made with a failure', async () => {
    const { session, socket, hub } = connect();
    const call = (service: number, encoding: string) => {
      const frame = new Uint8Array(13 + encoding.length);
      const view = new DataView(frame.buffer);
      view.setUint8(0, 2);
      view.setUint32(1, service, true);
      view.setUint32(5, 40, true);
      view.setUint32(9, encoding.length, true);
      frame.set(new TextEncoder().encode(encoding), 13);
      void session.receive(frame);
    };
    call(hub.serviceId('/fail'), 'json');
    await Promise.resolve();
    await Promise.resolve();
    const [answer] = binary(socket);
    expect(new TextDecoder().decode(answer.subarray(17))).toBe('{"success":false,"message":"the arm is stopped"}');
    call(77, 'json');
    call(hub.serviceId('/go'), 'protobuf');
    expect(socket.operations('serviceCallFailure').map(({ message }) => message)).toEqual([
      'service 77: not advertised',
      'encoding "protobuf": expected one of cdr, json',
    ]);
  });

  it('tells those who subscribed that a parameter has changed', () => {
    const { send, socket, statuses } = connect();
    send({ op: 'subscribeParameterUpdates', parameterNames: ['/speed'] });
    send({ op: 'setParameters', parameters: [{ name: '/speed', value: 2 }] });
    expect(socket.operations('parameterValues')).toMatchObject([{ parameters: [{ name: '/speed', value: 2 }] }]);
    send({
      op: 'setParameters',
      parameters: [
        { name: '/speed', value: 'fast' },
        { name: '/none', value: 1 },
      ],
    });
    expect(statuses()).toEqual([
      'speed: fast, expected a number',
      'parameter /none: unknown, expected one of /task, /speed',
    ]);
  });

  it('leaves out old messages for a client that never reads, and says so', () => {
    const { send, socket, publish, statuses } = connect();
    send({ op: 'subscribe', subscriptions: [{ id: 1, channelId: 1 }] });
    socket.bufferedAmount = HIGH_WATER_BYTES;
    for (let i = 0; i < 5000; i++) publish(0, `note ${i}`);
    expect(binary(socket)).toHaveLength(0);
    expect(statuses()[0]).toBe('1 messages left out, since this client reads too slowly');
    expect(statuses()).toHaveLength(4);
    socket.bufferedAmount = 0;
    publish(0, 'newest');
    expect(binary(socket).map((frame) => new TextDecoder().decode(frame.subarray(21)))).toEqual([
      'note 4999\0',
      'newest\0',
    ]);
  });
});
