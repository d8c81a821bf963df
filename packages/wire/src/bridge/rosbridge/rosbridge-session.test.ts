import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HIGH_WATER_BYTES } from '../hub/client-queue.ts';
import { MemorySocket } from '../testing/memory-socket.ts';
import { sampleHub } from '../testing/sample-world.ts';
import { RosbridgeSession } from './rosbridge-session.ts';

function connect() {
  const world = sampleHub();
  const socket = new MemorySocket();
  const clock = { ms: 0 };
  const session = new RosbridgeSession(world.hub, socket, () => clock.ms);
  const send = (operation: object) => void session.receive(JSON.stringify(operation));
  const call = async (service: string, args: object = {}) => {
    send({ op: 'call_service', id: 'call', service, args });
    await new Promise((resolve) => setTimeout(resolve));
    const { values, result } = socket.operations('service_response').at(-1)!;
    return result === true ? values : { failure: values };
  };
  const statuses = () => socket.operations('status').map(({ level, msg }) => `${String(level)}: ${String(msg)}`);
  const notes = () => socket.operations('publish').map(({ msg }) => (msg as { readonly data: string }).data);
  return { ...world, socket, clock, session, send, call, statuses, notes };
}

describe('RosbridgeSession', () => {
  it('sends messages as JSON under the name that the client gave', () => {
    const { send, publish, socket } = connect();
    send({ op: 'subscribe', topic: 'note', type: 'std_msgs/String' });
    publish(0, 'hi');
    expect(socket.operations('publish')).toEqual([{ op: 'publish', topic: 'note', msg: { data: 'hi' } }]);
  });

  it('throttles by the shortest rate, and sends each message once to several subscriptions', () => {
    const { send, publish, notes, clock } = connect();
    send({ op: 'subscribe', topic: '/note', id: 'a', throttle_rate: 100 });
    for (const ms of [0, 50, 99, 100, 150, 250]) {
      clock.ms = ms;
      publish(0, `at ${ms}`);
    }
    expect(notes()).toEqual(['at 0', 'at 100', 'at 250']);
    send({ op: 'subscribe', topic: '/note', id: 'b' });
    clock.ms = 251;
    publish(0, 'both');
    send({ op: 'unsubscribe', topic: '/note', id: 'b' });
    publish(0, 'too soon');
    expect(notes().slice(3)).toEqual(['both']);
  });

  it('keeps queue_length messages for a client that reads slowly', () => {
    const { send, publish, notes, socket, session, statuses } = connect();
    send({ op: 'subscribe', topic: '/note', queue_length: 3 });
    socket.bufferedAmount = HIGH_WATER_BYTES;
    for (let i = 0; i < 50; i++) publish(0, `note ${i}`);
    socket.bufferedAmount = 0;
    session.flush();
    expect(notes()).toEqual(['note 47', 'note 48', 'note 49']);
    expect(statuses()[0]).toBe('warning: 1 messages left out, since this client reads too slowly');
  });

  it('gives a new subscriber the last message of a topic that keeps it', () => {
    const { send, publish, notes } = connect();
    publish(1, 'running');
    send({ op: 'subscribe', topic: '/state' });
    expect(notes()).toEqual(['running']);
  });

  it('survives 50 subscriptions to topics that do not exist, and serves one that appears', () => {
    const { send, hub, statuses, notes } = connect();
    for (let i = 0; i < 50; i++) send({ op: 'subscribe', topic: `/none${i}` });
    expect(statuses()).toHaveLength(50);
    expect(statuses()[7]).toBe('warning: topic /none7: nothing publishes it yet');
    hub.setWorld({
      topics: [{ topic: '/none7', type: 'std_msgs/msg/String' }],
      services: [],
      parameters: [],
      inputs: [],
    });
    hub.publish(0, 0n, Uint8Array.of(0, 1, 0, 0, 3, 0, 0, 0, 104, 105, 0));
    expect(notes()).toEqual(['hi']);
  });

  it('takes messages of the type that an input has', () => {
    const { send, heard, statuses } = connect();
    send({ op: 'advertise', topic: '/say', type: 'std_msgs/String' });
    send({ op: 'publish', topic: '/say', msg: { data: 'hello' } });
    send({ op: 'publish', topic: '/say', msg: { data: 5 } });
    send({ op: 'publish', topic: '/note', msg: { data: 'no' } });
    send({ op: 'advertise', topic: '/say', type: 'std_msgs/Bool' });
    expect(heard).toEqual(['hello']);
    expect(statuses()).toEqual([
      'error: std_msgs/msg/String: a message that cannot be encoded: data: 5, expected a string',
      'error: topic /note: takes no messages of clients, expected one of /say',
      'error: topic /say: type std_msgs/Bool, expected std_msgs/msg/String',
    ]);
  });

  it('answers each wrong frame with one status that has its id, and goes on', async () => {
    const { session, send, socket, call } = connect();
    void session.receive('{');
    void session.receive(Uint8Array.of(1, 2));
    for (const operation of [
      { op: 'fly', id: 'x' },
      { op: 'fragment', id: 'x' },
      { op: 'advertise_service', id: 'x' },
      { op: 'subscribe', id: 'x' },
      { op: 'subscribe', id: 'x', topic: '/note', type: 'std_msgs/Bool' },
      { op: 'subscribe', id: 'x', topic: '/note', compression: 'png' },
      { op: 'subscribe', id: 'x', topic: '/note', throttle_rate: -1 },
      { op: 'unsubscribe', id: 'x', topic: '/note' },
      { op: 'publish', id: 'x', topic: '/say', msg: 'x'.repeat(1_000_000) },
      { op: 'set_level', id: 'x', level: 'all' },
    ]) {
      send(operation);
    }
    const statuses = socket.operations('status');
    expect(statuses.every(({ level, msg }) => level === 'error' && String(msg).length < 200)).toBe(true);
    expect(statuses.map(({ id }) => id)).toEqual([undefined, undefined, ...Array<string>(10).fill('x')]);
    expect(await call('/go')).toEqual({ success: true, message: 'gone' });
  });

  it('survives any JSON', async () => {
    const { send, session, call } = connect();
    const op = fc.constantFrom('subscribe', 'unsubscribe', 'advertise', 'publish', 'call_service', 'set_level');
    const rest = fc.dictionary(
      fc.constantFrom('topic', 'type', 'id', 'msg', 'args', 'service', 'level', 'throttle_rate', 'compression'),
      fc.oneof(fc.jsonValue(), fc.constantFrom('/note', '/say', '/rosapi/topics', '/rosapi/message_details')),
    );
    fc.assert(fc.property(op, rest, (name, operation) => send({ ...operation, op: name })));
    fc.assert(fc.property(fc.string(), (text) => void session.receive(text)));
    expect(await call('/go')).toEqual({ success: true, message: 'gone' });
  });

  it('calls services, and says why a call fails', async () => {
    const { call } = connect();
    expect(await call('/fail')).toEqual({ success: false, message: 'the arm is stopped' });
    expect(await call('/none')).toEqual({ failure: 'service /none: unknown, expected one of /go, /fail' });
    expect(await call('/rosapi/topic_type')).toEqual({ failure: 'topic: absent, expected a text' });
    expect(await call('/rosapi/message_details', { type: 'none/None' })).toMatchObject({
      failure: expect.stringContaining('none/msg/None') as unknown,
    });
  });

  it('describes topics, types, services and parameters by rosapi', async () => {
    const { call } = connect();
    const string = 'std_msgs/msg/String';
    expect(await call('/rosapi/topics')).toEqual({
      topics: ['/note', '/state', '/say'],
      types: [string, string, string],
    });
    expect(await call('/rosapi/topics_for_type', { type: 'std_msgs/String' })).toEqual({ topics: ['/note', '/state'] });
    expect(await call('/rosapi/topic_type', { topic: '/say' })).toEqual({ type: string });
    expect(await call('/rosapi/service_type', { service: '/go' })).toEqual({ type: 'std_srvs/srv/Trigger' });
    expect(await call('/rosapi/service_type', { service: '/rosapi/get_param' })).toEqual({
      type: 'rosapi_msgs/srv/GetParam',
    });
    expect(await call('/rosapi/services_for_type', { type: 'std_srvs/srv/Trigger' })).toEqual({
      services: ['/go', '/fail'],
    });
    expect(await call('/rosapi/get_param', { name: '/speed' })).toEqual({ value: '1' });
    expect(await call('/rosapi/set_param', { name: 'praxis:/speed', value: '2.5' })).toEqual({});
    expect(await call('/rosapi/get_param', { name: '/speed' })).toEqual({ value: '2.5' });
    expect(await call('/rosapi/get_param', { name: '/none', default_value: '7' })).toEqual({ value: '7' });
    expect(await call('/rosapi/message_details', { type: 'geometry_msgs/Point' })).toMatchObject({
      typedefs: [{ type: 'geometry_msgs/Point', fieldnames: ['x', 'y', 'z'], fieldarraylen: [-1, -1, -1] }],
    });
  });
});
