import { TRAJECTORY_TOPIC } from '@praxis/evaluation';
import { messageCodec } from '@praxis/wire';
import { Topic } from 'roslib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { eventually, type LiveWorld, liveWorld } from './live-world.ts';
import { connectRoslib } from './roslib-client.ts';

/** roslib's own client. */
async function connect(url: string) {
  const { ros, statuses, call } = await connectRoslib(url);
  await eventually(() => ros.isConnected);
  /** Waits until the server has done what was sent before. */
  const settled = () => new Promise<unknown>((resolve, reject) => ros.getTopics(resolve, reject));
  /** Collects what a topic publishes. */
  const collect = <T>(name: string, messageType: string, more: object = {}): T[] => {
    const messages: T[] = [];
    new Topic<T>({ ros, name, messageType, ...more }).subscribe((message) => void messages.push(message));
    return messages;
  };
  return { ros, call, settled, collect, statuses };
}

interface Wrench {
  readonly header: { readonly stamp: { readonly sec: number; readonly nanosec: number } };
  readonly wrench: { readonly force: { readonly x: number; readonly y: number; readonly z: number } };
}

describe("a world to roslib's own client", () => {
  it('sends the bits of the samples as JSON and as CBOR, and CDR as it is', async () => {
    const world = await liveWorld();
    const { collect, settled } = await connect(world.url);
    const type = 'geometry_msgs/WrenchStamped';
    const json = collect<Wrench>('/wrench', type);
    await settled();
    const expected: number[][] = [];
    world.episode.robot.stream('wrench').subscribe(({ value }) => {
      expected.push([...(value as Float64Array)].slice(0, 3));
    });
    await world.runUntil(0.2);
    await settled();
    expect(json.map(({ wrench: { force } }) => [force.x, force.y, force.z])).toEqual(expected);
    expect(expected.length).toBeGreaterThan(50);
    const second = await connect(world.url);
    const positions = second.collect<{ readonly position: Float64Array }>('/joint_states', 'sensor_msgs/JointState', {
      compression: 'cbor',
    });
    const raw = second.collect<{ readonly bytes: Uint8Array }>('wrench', type, { compression: 'cbor-raw' });
    await second.settled();
    const from = expected.length;
    await world.runUntil(0.25);
    await second.settled();
    const codec = messageCodec('geometry_msgs/msg/WrenchStamped');
    const forces = raw.map(({ bytes }) => codec.read(new Uint8Array(bytes)).wrench.force);
    expect(forces.map(({ x, y, z }) => [x, y, z])).toEqual(expected.slice(from));
    expect(positions.length).toBeGreaterThan(10);
    expect(positions[0].position.length).toBe(9);
  });

  it('sends pictures as JPEG in base64', async () => {
    const world = await liveWorld();
    const { collect, settled } = await connect(world.url);
    const pictures = collect<{ readonly data: string; readonly format: string }>(
      '/camera_front/image_raw/compressed',
      'sensor_msgs/CompressedImage',
    );
    await settled();
    await world.runUntil(0.3);
    await settled();
    expect(pictures.length).toBeGreaterThanOrEqual(5);
    expect(pictures[0].format).toContain('jpeg');
    const { width, height } = await sharp(Buffer.from(pictures[0].data, 'base64')).metadata();
    expect([width, height]).toEqual([96, 96]);
  });

  it('stops and starts the arm, takes an instruction, and lists what there is', async () => {
    const world = await liveWorld();
    const { ros, call, settled, collect, statuses } = await connect(world.url);
    await world.runUntil(0.1);
    // The thread of the bridge gets states after the world has them.
    await settled();
    const states = collect<{ readonly data: string }>('/supervisor_node/state', 'std_msgs/String');
    expect(await call('/supervisor_node/hold')).toEqual({ success: true, message: 'hold' });
    await world.runUntil(0.2);
    expect(await call('/supervisor_node/reset')).toEqual({ success: true, message: 'ready' });
    expect(await call('/supervisor_node/start')).toEqual({ success: true, message: 'running' });
    await world.runUntil(0.21);
    const instruction = new Topic<{ data: string }>({ ros, name: '/instruction', messageType: 'std_msgs/String' });
    instruction.publish({ data: 'pick the red cube' });
    await settled();
    expect(states.map(({ data }) => data)).toEqual(['running', 'hold', 'running']);
    expect(world.episode.instruction).toBe('pick the red cube');
    await expect(call('/none')).rejects.toThrow('service /none: unknown');
    const types = await new Promise((resolve, reject) => ros.getTopicType('/wrench', resolve, reject));
    expect(types).toBe('geometry_msgs/msg/WrenchStamped');
    const services = await new Promise<string[]>((resolve, reject) => ros.getServices(resolve, reject));
    expect(services).toContain('/supervisor_node/stop');
    const details = await new Promise<object[]>((resolve, reject) =>
      ros.getMessageDetails('geometry_msgs/msg/WrenchStamped', resolve, reject),
    );
    expect(ros.decodeTypeDefs(details as never)).toMatchObject({ wrench: { force: { x: 'float64' } } });
    expect(statuses).toEqual([]);
  });

  it('moves the arm along a joint trajectory, within its limits, and asks for the next episode', async () => {
    const world = await liveWorld({}, undefined, 'client');
    const { ros, call, settled, statuses } = await connect(world.url);
    const topic = new Topic({ ros, name: TRAJECTORY_TOPIC, messageType: 'trajectory_msgs/JointTrajectory' });
    const { joints, home } = world.setup;
    await world.runUntil(0.1);
    const goal = home.map((each) => each + 0.1);
    const trajectory = (positions: readonly number[]) => {
      return { joint_names: joints, points: [{ positions, time_from_start: { secs: 0, nsecs: 500_000_000 } }] };
    };
    topic.publish(trajectory(goal));
    await settled();
    await world.runUntil(1.2);
    const measured = measuredJoints(world);
    for (const [i, position] of goal.entries()) expect(measured[i]).toBeCloseTo(position, 1);
    expect(world.episode.supervisor?.state).toBe('running');
    topic.publish(trajectory(goal.slice(1)));
    await settled();
    expect(statuses).toEqual(['trajectory: point 0: expected 7 finite positions']);
    expect(world.tap.isOver).toBe(false);
    expect(await call('/sim_node/next')).toMatchObject({ success: true });
    expect(world.tap.isOver).toBe(true);
  });
});

/** Positions of the arm's joints, from the physics (rad). */
const measuredJoints = ({ episode, setup }: LiveWorld): number[] =>
  setup.joints.map((name) => episode.world.view('qpos')[episode.world.joint(name).qpos]);
