import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { robotSetup } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RADIUS_M, SWING_RAD } from '../../examples/two-arms/policy.ts';
import { needs } from '../needs.ts';
import { despiteLateness, whenAtRest } from './arm.ts';
import { RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { ROS } from './ros.ts';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const JOINT_STATE = 'sensor_msgs/msg/JointState';
const ODOMETRY = 'nav_msgs/msg/Odometry';

/** A part of `sensor_msgs/msg/JointState`. */
interface JointState {
  readonly name: readonly string[];
  readonly position: readonly number[];
  readonly velocity: readonly number[];
}

/** A part of `nav_msgs/msg/Odometry`. */
interface Odometry {
  readonly child_frame_id: string;
  readonly pose: { readonly pose: { readonly position: { readonly x: number; readonly y: number } } };
  readonly twist: { readonly twist: { readonly linear: { readonly x: number } } };
}

/** A part of `diagnostic_msgs/msg/DiagnosticArray`. */
interface Diagnostics {
  readonly status: readonly {
    readonly name: string;
    readonly message: string;
    readonly values: readonly { readonly key: string; readonly value: string }[];
  }[];
}

/** The nodes of a robot, with this policy. */
class Stack {
  readonly client = new RosClient();
  readonly sim: NodeProcess;
  readonly supervisor: NodeProcess;
  policy!: NodeProcess;
  readonly #robot: string;

  constructor(robot: string) {
    this.#robot = `robot:=${file(`robots/${robot}`)}`;
    this.sim = new NodeProcess('sim_node', [this.#robot]);
    this.supervisor = new NodeProcess('supervisor_node', [this.#robot, 'safety_config:=sim', 'auto_start:=true']);
  }

  startPolicy(module: string): void {
    this.policy = new NodeProcess('policy_node', [this.#robot, `policy:=${file(module)}`]);
  }

  /** Starts a node of the policy in place of another one; it commands the measured position and warms up. */
  async replacePolicy(module: string): Promise<void> {
    await this.policy.end('SIGKILL');
    this.startPolicy(module);
    await this.policy.waitForLog(/supervisor: (hold|protective_stop)/);
    await sleep(2500);
  }

  /** Kills the node of the policy. @returns the lines of the supervisor's log from then on */
  async killPolicy(): Promise<string> {
    const from = this.supervisor.output.length;
    await this.policy.end('SIGKILL');
    await this.supervisor.waitForLog(/running -> (hold|protective_stop): /, from, 5);
    // The other group's line follows.
    await sleep(300);
    return this.supervisor.output.slice(from);
  }

  async end(): Promise<void> {
    await endAll([this.policy, this.sim, this.supervisor]);
    await this.client.close();
  }
}

describe('two arms over a real ROS 2', needs(ROS), () => {
  let stack: Stack;
  const arm = () => stack;
  const joints = (seconds: number) => stack.client.record<JointState>('/joint_states', JOINT_STATE, seconds, 10);
  /** Greatest speed of a joint of each arm (rad/s). */
  const speeds = (states: readonly JointState[]) =>
    ['left_', 'right_'].map((prefix) =>
      Math.max(
        ...states.flatMap(({ name, velocity }) =>
          velocity.filter((_, i) => name[i].startsWith(prefix) && !name[i].includes('finger')).map(Math.abs),
        ),
      ),
    );

  beforeAll(async () => {
    stack = new Stack('two_arms');
    stack.startPolicy('examples/two-arms/policy.ts');
    await stack.supervisor.waitForLog(/ready -> running: right: commands move the arm/);
  }, 120_000);
  afterAll(() => stack?.end());

  it('have a supervisor, topics of their controllers and of their sensors each, in the namespace of their group', async () => {
    for (const group of ['left', 'right']) {
      expect(stack.supervisor.output).toContain(
        `supervises 6 joints of two_arms, ${group}: ${group}/command -> ${group}/forward_position_controller/commands, ${group}/gripper_controller/commands`,
      );
      expect(await stack.client.topicTypes(`/${group}/wrench`)).toEqual(['geometry_msgs/msg/WrenchStamped']);
      expect(await stack.client.topicTypes(`/${group}/power`)).toEqual(['std_msgs/msg/Bool']);
    }
    // A second publisher of /rosout would be a warning at each start.
    for (const node of [stack.sim, stack.supervisor, stack.policy])
      expect(node.output).not.toContain('already registered');
    for (const camera of ['front', 'left_wrist', 'right_wrist'])
      expect(await stack.client.topicTypes(`/camera_${camera}/image_raw`)).toEqual(['sensor_msgs/msg/Image']);
  }, 60_000);

  it('are each moved by their blocks of one chunk', async () => {
    const [left] = robotSetup(await openRobotSource(file('robots/two_arms'))).arms;
    await despiteLateness(arm(), async () => {
      await sleep(500);
      const states = await joints(4.5);
      const pose = new Float64Array(7);
      const tools = states.map(({ name, position }) => {
        left.kinematics.forward(
          Float64Array.from(left.joints, (joint) => position[name.indexOf(joint)]),
          pose,
        );
        return [pose[0], pose[1]];
      });
      for (const axis of [0, 1]) {
        const values = tools.map((tool) => tool[axis]);
        expect(Math.max(...values) - Math.min(...values)).toBeCloseTo(2 * RADIUS_M, 2);
      }
      const swings = states.map(({ name, position }) => position[name.indexOf('right_waist')]);
      expect(Math.max(...swings)).toBeCloseTo(SWING_RAD, 2);
      expect(Math.min(...swings)).toBeCloseTo(-SWING_RAD, 2);
    });
  }, 90_000);

  it('stop together on one request, which the diagnostics name by its group, and move again together', async () => {
    await despiteLateness(arm(), async () => {
      const { client, supervisor } = stack;
      const from = supervisor.output.length;
      expect(Math.min(...speeds(await joints(1)))).toBeGreaterThan(0.05);
      expect(await client.trigger('/supervisor_node/stop')).toEqual({ success: true, message: 'protective_stop' });
      await supervisor.waitForLog(/running -> protective_stop: left: requested by a service/, from, 2);
      await supervisor.waitForLog(/running -> protective_stop: right: left stopped: requested by a service/, from, 2);
      for (const group of ['left', 'right'])
        await supervisor.waitForLog(new RegExp(`protective_stop: ${group}: the brakes close`), from, 5);
      // Brakes engage within 50 ms.
      await sleep(300);
      expect(Math.max(...speeds(await joints(0.5)))).toBeLessThan(0.02);
      const reports = await client.record<Diagnostics>('/diagnostics', 'diagnostic_msgs/msg/DiagnosticArray', 2.5);
      const state = reports
        .flatMap(({ status }) => status)
        .filter(({ name }) => name === 'supervisor_node: state')
        .at(-1)!;
      expect(state.message).toBe('protective_stop: left: requested by a service');
      const values = Object.fromEntries(state.values.map(({ key, value }) => [key, value]));
      expect(values).toMatchObject({ left: 'protective_stop', right: 'protective_stop' });
      for (const group of ['left', 'right']) {
        const power = await client.receive<{ data: boolean }>(`/${group}/power`, 'std_msgs/msg/Bool', 5, 'latched');
        expect(power?.data).toBe(false);
      }
      expect(await client.trigger('/supervisor_node/start')).toMatchObject({ success: false });
      expect(await whenAtRest(client, '/supervisor_node/reset')).toBe('ready');
      expect(await client.trigger('/supervisor_node/start')).toEqual({ success: true, message: 'running' });
      expect(Math.min(...speeds(await joints(1.5)))).toBeGreaterThan(0.05);
    });
  }, 120_000);

  it('are both held when the node of the policy is killed', async () => {
    await despiteLateness(arm(), async () => {
      try {
        const log = await stack.killPolicy();
        for (const group of ['left', 'right'])
          expect(log).toMatch(new RegExp(`running -> (hold|protective_stop): ${group}: `));
        expect(Math.max(...speeds(await joints(0.5)))).toBeLessThan(0.02);
      } finally {
        await stack.replacePolicy('examples/two-arms/policy.ts');
      }
    });
  }, 120_000);
});

describe('a driven base over a real ROS 2', needs(ROS), () => {
  let stack: Stack;
  const odometry = () => stack.client.receive<Odometry>('/odom', ODOMETRY, 5);
  const place = async () => (await odometry())!.pose.pose.position;
  const speed = async () => (await odometry())!.twist.twist.linear.x;

  beforeAll(async () => {
    process.env.PRAXIS_DRIVE_M = '1';
    stack = new Stack('base');
    stack.startPolicy('test/ros/drive.ts');
    await stack.supervisor.waitForLog(/ready -> running/);
  }, 120_000);
  afterAll(async () => {
    delete process.env.PRAXIS_DRIVE_M;
    await stack?.end();
  });

  it('drives 1 m as its policy wants, by cmd_vel and odom, with its place on /tf', async () => {
    const { client, supervisor } = stack;
    expect(supervisor.output).toContain('supervises the driven base of base: command -> cmd_vel');
    expect(await client.topicTypes('/cmd_vel')).toEqual(['geometry_msgs/msg/TwistStamped']);
    expect((await odometry())?.child_frame_id).toBe('base_link');
    await despiteLateness(stack, async () => {
      const arrived = async () => (await place()).x > 0.95 && Math.abs(await speed()) < 0.005;
      for (const end = Date.now() + 20_000; Date.now() < end && !(await arrived()); ) await sleep(200);
      const { x, y } = await place();
      expect(Math.abs(x - 1)).toBeLessThan(0.05);
      expect(Math.abs(y)).toBeLessThan(0.05);
      expect(Math.abs(await speed())).toBeLessThan(0.005);
      console.log(`the base drove ${x.toFixed(3)} m ahead, ${y.toFixed(3)} m aside`);
    });
    const frames = await client.record<{
      readonly transforms: readonly {
        readonly header: { readonly frame_id: string };
        readonly child_frame_id: string;
      }[];
    }>('/tf', 'tf2_msgs/msg/TFMessage', 0.5);
    const links = frames.flatMap(({ transforms }) =>
      transforms.map((each) => [each.header.frame_id, each.child_frame_id]),
    );
    expect(links).toContainEqual(['odom', 'base_link']);
    expect(links).toContainEqual(['base_link', 'left_wheel']);
  }, 120_000);

  it('brakes to rest when the node of its policy is killed, and its supervisor holds it', async () => {
    process.env.PRAXIS_DRIVE_M = '100';
    await stack.replacePolicy('test/ros/drive.ts');
    await despiteLateness(stack, async () => {
      try {
        for (const end = Date.now() + 10_000; Date.now() < end && (await speed()) < 0.35; ) await sleep(100);
        expect(await speed()).toBeGreaterThan(0.35);
        expect(await stack.killPolicy()).toMatch(/running -> hold: base: .*\(command_silence\)/);
        await sleep(1000);
        const stood = (await place()).x;
        expect(Math.abs(await speed())).toBeLessThan(0.005);
        await sleep(500);
        expect(Math.abs((await place()).x - stood)).toBeLessThan(0.002);
      } finally {
        await stack.replacePolicy('test/ros/drive.ts');
      }
    });
  }, 120_000);
});
