import { parse } from '@foxglove/rosmsg';
import { MessageReader } from '@foxglove/rosmsg2-serialization';
import { type Channel, FoxgloveClient, type MessageData, type Service } from '@foxglove/ws-protocol';
import { messageCodec } from '@praxis/wire';
import { FOXGLOVE_SUBPROTOCOLS } from '@praxis/wire/bridge';
import { RECORD_TOPICS } from '@praxis/wire/recording';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { openShippedRobot } from './free-episode.ts';
import { eventually, liveWorld } from './live-world.ts';

/** Foxglove's own client, with everything that it got. */
async function connect(url: string, protocol = FOXGLOVE_SUBPROTOCOLS[1]) {
  const socket = new WebSocket(url, [protocol]);
  socket.binaryType = 'arraybuffer';
  // The client sets handlers as a browser's socket has them.
  const client = new FoxgloveClient({ ws: socket as never });
  onTestFinished(() => socket.terminate());
  const channels = new Map<string, Channel>();
  const services = new Map<string, Service>();
  const messages: MessageData[] = [];
  const statuses: string[] = [];
  const errors: unknown[] = [];
  client.on('advertise', (added) => {
    for (const each of added) channels.set(each.topic, each);
  });
  client.on('advertiseServices', (added) => {
    for (const each of added) services.set(each.name, each);
  });
  client.on('message', (message) => void messages.push(message));
  client.on('status', ({ message }) => void statuses.push(message));
  client.on('error', (error) => void errors.push(error));
  await new Promise<void>((resolve, reject) => {
    client.on('open', resolve);
    client.on('error', reject);
    client.on('close', () => reject(new Error('closed')));
  });
  await eventually(() => channels.size > 0);
  const subscribe = (topic: string): number => client.subscribe(channels.get(topic)!.id);
  const of = (subscription: number) => messages.filter(({ subscriptionId }) => subscriptionId === subscription);
  /** Waits until the server has done what was sent before. */
  const settled = async (): Promise<void> => {
    const id = `settled ${Math.random()}`;
    const answered = new Promise<void>((resolve) => {
      client.on('parameterValues', (values) => {
        if (values.id === id) resolve();
      });
    });
    client.getParameters(['/praxis/task'], id);
    await answered;
  };
  return { client, socket, channels, services, statuses, errors, subscribe, of, settled };
}

/** `tf2_msgs/TFMessage` as an independent reader gives it. */
interface TransformMessage {
  readonly transforms: readonly { readonly header: { readonly frame_id: string }; readonly child_frame_id: string }[];
}

const bytesOf = ({ data }: MessageData): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

describe("a world to Foxglove's own client", () => {
  it('has every stream and record, with the types of a recording and the bits of the samples', async () => {
    const world = await liveWorld();
    const { channels, subscribe, of, settled, client, errors } = await connect(world.url);
    const types = [...channels.values()].map(({ topic, schemaName }) => [topic, schemaName]);
    expect(types).toEqual([
      ['/camera_front/image_raw', 'sensor_msgs/msg/Image'],
      ['/camera_wrist/image_raw', 'sensor_msgs/msg/Image'],
      ['/wrench', 'geometry_msgs/msg/WrenchStamped'],
      ['/joint_states', 'sensor_msgs/msg/JointState'],
      ['/instruction', 'std_msgs/msg/String'],
      ...Object.values(RECORD_TOPICS),
      ['/camera_front/image_raw/compressed', 'sensor_msgs/msg/CompressedImage'],
      ['/camera_wrist/image_raw/compressed', 'sensor_msgs/msg/CompressedImage'],
      ['/tf', 'tf2_msgs/msg/TFMessage'],
      ['/supervisor_node/state', 'std_msgs/msg/String'],
      ['/robot_description', 'std_msgs/msg/String'],
      ['/tool_pose', 'geometry_msgs/msg/PoseStamped'],
    ]);
    const [wrench, command, transforms, tool] = ['/wrench', '/praxis/robot_command', '/tf', '/tool_pose'].map(
      subscribe,
    );
    const expected: Float64Array[] = [];
    await settled();
    world.episode.robot.stream('wrench').subscribe(({ value }) => void expected.push(value as Float64Array));
    const times: bigint[] = [];
    client.on('time', ({ timestamp }) => void times.push(timestamp));
    await world.runUntil(0.3);
    await settled();
    expect(errors).toEqual([]);
    expect(expected.length).toBeGreaterThan(100);
    const codec = messageCodec('geometry_msgs/msg/WrenchStamped');
    const received = of(wrench).map((message) => codec.read(bytesOf(message)).wrench);
    expect(
      received.map(({ force, torque }) => [...[force.x, force.y, force.z], ...[torque.x, torque.y, torque.z]]),
    ).toEqual(expected.map((value) => [...value]));
    expect(of(command).length).toBeGreaterThan(100);
    expect(times.length).toBeGreaterThan(12);
    // The schema that the server gave decodes, by a reader that is not ours.
    const reader = new MessageReader(parse(channels.get('/tf')!.schema, { ros2: true }));
    const [first] = of(transforms).map((message) => reader.readMessage<TransformMessage>(bytesOf(message)));
    const links = world.setup.tree.links;
    expect(first.transforms.map(({ child_frame_id }) => child_frame_id)).toEqual(links.slice(1));
    expect(first.transforms[0].header.frame_id).toBe(links[0]);
    const [{ header, pose }] = of(tool).map((message) =>
      messageCodec('geometry_msgs/msg/PoseStamped').read(bytesOf(message)),
    );
    const { baseLink, kinematics, home } = world.setup;
    const atHome = new Float64Array(7);
    kinematics.forward(Float64Array.from(home), atHome);
    expect(header.frame_id).toBe(baseLink);
    const { x, y, z } = pose.position;
    for (const [i, metres] of [x, y, z].entries()) expect(metres).toBeCloseTo(atHome[i], 1);
  });

  it('gets pictures at 30 Hz of simulated time as JPEG that an independent decoder reads', async () => {
    const robot = await openShippedRobot('praxis_arm');
    const cameras = Object.fromEntries(
      Object.entries(robot.definition.cameras).map(([name, camera]) => [name, { ...camera, rate: 30 }]),
    );
    const world = await liveWorld({}, { ...robot, definition: { ...robot.definition, cameras } });
    const { subscribe, of, settled } = await connect(world.url);
    const [raw, compressed] = ['/camera_wrist/image_raw', '/camera_wrist/image_raw/compressed'].map(subscribe);
    await settled();
    await world.runUntil(0.5);
    await settled();
    const seconds = of(compressed).map(({ timestamp }) => Number(timestamp) * 1e-9);
    expect(of(compressed).length).toBe(of(raw).length);
    expect(of(raw).length).toBeGreaterThanOrEqual(13);
    expect(of(raw).length).toBeLessThanOrEqual(15);
    expect(seconds).toEqual(of(raw).map(({ timestamp }) => Number(timestamp) * 1e-9));
    const image = messageCodec('sensor_msgs/msg/Image').read(bytesOf(of(raw)[10]));
    const { data } = messageCodec('sensor_msgs/msg/CompressedImage').read(bytesOf(of(compressed)[10]));
    const decoded = await sharp(data).raw().toBuffer();
    expect(decoded.length).toBe(image.data.length);
    const error = decoded.reduce((sum, value, i) => sum + Math.abs(value - image.data[i]), 0) / decoded.length;
    expect(error).toBeLessThan(8);
  });

  it('stops, resets and starts the arm by services, in CDR and in JSON, and says why not', async () => {
    const world = await liveWorld();
    const { client, services, settled, subscribe, of } = await connect(world.url, FOXGLOVE_SUBPROTOCOLS[0]);
    let callId = 0;
    const call = (name: string, encoding: 'cdr' | 'json') => {
      const id = ++callId;
      const answer = new Promise<unknown>((resolve) => {
        client.on('serviceCallResponse', (response) => {
          if (response.callId !== id) return;
          const bytes = new Uint8Array(response.data.buffer, response.data.byteOffset, response.data.byteLength);
          const schema = services.get(name)!.response!.schema;
          resolve(
            encoding === 'json'
              ? JSON.parse(new TextDecoder().decode(bytes))
              : new MessageReader(parse(schema, { ros2: true })).readMessage(bytes),
          );
        });
      });
      client.sendServiceCallRequest({
        ...{ serviceId: services.get(name)!.id, callId: id, encoding, data: new DataView(new ArrayBuffer(0)) },
      });
      return answer;
    };
    await world.runUntil(0.2);
    // The thread of the bridge gets states after the world has them.
    await settled();
    const state = subscribe('/supervisor_node/state');
    await settled();
    expect(world.episode.supervisor?.state).toBe('running');
    expect(await call('/supervisor_node/start', 'json')).toMatchObject({ success: false });
    expect(await call('/supervisor_node/stop', 'cdr')).toEqual({ success: true, message: 'protective_stop' });
    await world.runUntil(0.6);
    expect(await call('/supervisor_node/reset', 'cdr')).toEqual({ success: true, message: 'ready' });
    expect(await call('/supervisor_node/start', 'json')).toEqual({ success: true, message: 'running' });
    await world.runUntil(0.7);
    await settled();
    const codec = messageCodec('std_msgs/msg/String');
    // A new subscriber gets the state of the moment first.
    expect(of(state).map((message) => codec.read(bytesOf(message)).data)).toEqual([
      'running',
      'protective_stop',
      'running',
    ]);
  });

  it('reads parameters, sets the instruction and publishes one', async () => {
    const world = await liveWorld();
    const { client, channels, statuses, settled, subscribe, of } = await connect(world.url);
    await world.runUntil(0.1);
    const values: (readonly { readonly name: string; readonly value: unknown }[])[] = [];
    client.on('parameterValues', ({ parameters }) => void values.push(parameters as never));
    client.setParameters([{ name: '/praxis/instruction', value: 'pick the red cube' }], 'set');
    client.setParameters([{ name: '/praxis/task', value: 'pick' }]);
    await settled();
    expect(values[0]).toEqual([{ name: '/praxis/instruction', value: 'pick the red cube' }]);
    expect(statuses).toEqual(['parameter /praxis/task: read only']);
    const instruction = subscribe('/instruction');
    const { schemaName } = channels.get('/instruction')!;
    const codec = messageCodec('std_msgs/msg/String');
    const id = client.advertise({ topic: '/instruction', encoding: 'cdr', schemaName });
    client.sendMessage(id, codec.write({ data: 'stack the blue one' }));
    const json = client.advertise({ topic: '/instruction', encoding: 'json', schemaName: 'std_msgs/String' });
    client.sendMessage(json, new TextEncoder().encode('{"data": "sort them"}'));
    await settled();
    expect(world.episode.instruction).toBe('sort them');
    await world.runUntil(0.2);
    await settled();
    // A new subscriber gets the last one first: that of the free scene is empty.
    expect(of(instruction).map((message) => codec.read(bytesOf(message)).data)).toEqual([
      '',
      'pick the red cube',
      'stack the blue one',
      'sort them',
    ]);
  });
});
