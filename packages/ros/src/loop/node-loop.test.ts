import { fileURLToPath } from 'node:url';
import type { Policy } from '@praxis/core';
import { ARM_LAYOUT, HOME_JOINTS_RAD, SIM_LOOP } from '@praxis/sim';
import { jointStateMessageOf, messageCodec, timeOf } from '@praxis/wire';
import { describe, expect, it, vi } from 'vitest';
import { RosClock } from '../rcl/ros-clock.ts';
import type { RosSession } from '../rcl/session.ts';
import { folderRobot, openFolder } from '../robot/node-robot.ts';
import { FakeNode } from '../testing/fake-node.ts';
import { praxisArm } from '../testing/praxis-arm.ts';
import { NodeLoop } from './node-loop.ts';

const { joints, fingers } = ARM_LAYOUT;

/** A loop over a fake node, with a policy whose inferences the test decides. */
function setUp(infer: Policy['infer']) {
  const fake = new FakeNode();
  const clock = new RosClock();
  const log = fake.node.getLogger();
  const session = { ...fake, log, clock, onClose() {} } as unknown as RosSession;
  const policy: Policy = {
    spec: { name: 'test', inputs: [], horizon: 2, actionPeriod: 0.05, inferencePeriod: 0.05 },
    infer,
    reset() {},
    close: async () => undefined,
  };
  const loop = new NodeLoop({
    session,
    nodeRobot: praxisArm(),
    policy,
    own: [],
    mask: [],
    admitText: (text) => text,
    acceptRobot: '',
    workspace: SIM_LOOP.workspace,
  });
  loop.active = true;
  loop.setSupervisorState('ready');
  const names = [...joints, ...fingers];
  const position = Float64Array.of(...HOME_JOINTS_RAD, 0.02, 0.02);
  const header = { stamp: timeOf(clock.now()), frame_id: '' };
  const message = jointStateMessageOf({ names, position, velocity: new Float64Array(names.length) }, header);
  fake.receive('sensor_msgs/msg/JointState', 'joint_states', message);
  return { loop, lines: fake.lines };
}

describe('NodeLoop', () => {
  it('closes while an inference runs that never ends', async () => {
    const infer = vi.fn(() => new Promise<never>(() => undefined));
    const { loop } = setUp(infer);
    await vi.waitFor(() => expect(infer).toHaveBeenCalled());
    await loop.close();
  });

  it('logs an error of the policy once, not at the rate of the inferences', async () => {
    const infer = vi.fn(() => Promise.reject(new Error('no memory')));
    const { loop, lines } = setUp(infer);
    await vi.waitFor(() => expect(infer.mock.calls.length).toBeGreaterThan(3));
    await loop.close();
    expect(lines.filter((line) => line.startsWith('loop: policy error'))).toEqual(['loop: policy error no memory']);
  });

  it('asks a policy whose process has ended for nothing', async () => {
    const infer = vi.fn(() => Promise.reject(new Error('ended')));
    const { loop } = setUp(infer);
    await vi.waitFor(() => expect(infer).toHaveBeenCalled());
    loop.policyLost();
    loop.resumePolicy();
    infer.mockClear();
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(infer).not.toHaveBeenCalled();
    loop.policyBack();
    await vi.waitFor(() => expect(infer).toHaveBeenCalled());
    await loop.close();
  });
});

describe('NodeLoop of a driven base', () => {
  it('commands it to stand before the start and while the policy waits, and to move in between', async () => {
    const folder = await openFolder(fileURLToPath(new URL('../../../../robots/base', import.meta.url)));
    const fake = new FakeNode();
    const clock = new RosClock();
    const session = { ...fake, log: fake.node.getLogger(), clock, onClose() {} } as unknown as RosSession;
    const action = { name: 'base', group: 'base', space: 'base_twist', names: ['vx', 'wz'], frame: '' } as const;
    const data = Float64Array.of(0.4, 0, 0.4, 0);
    const policy: Policy = {
      spec: {
        ...{ name: 'ahead', inputs: [], horizon: 2, actionPeriod: 0.5, inferencePeriod: 0.05 },
        actions: [{ ...action, unit: ['m/s', 'rad/s'] }],
      },
      async infer({ stamp }) {
        return { stamp, period: 0.5, horizon: 2, blocks: { base: { space: 'base_twist', data } }, gates: {} };
      },
      reset() {},
      close: async () => undefined,
    };
    const nodeRobot = folderRobot(folder, { image_transport: 'raw', gripper_states: '', joint_age: 0.2 });
    const options = { own: [], mask: [], acceptRobot: '', workspace: undefined, admitText: (text: string) => text };
    const loop = new NodeLoop({ session, nodeRobot, policy, ...options });
    const { names = [] } = nodeRobot.spec.streams.find(({ name }) => name === 'joints')!;
    const still = { names, position: new Float64Array(2), velocity: new Float64Array(2) };
    const timer = setInterval(() => {
      const header = { stamp: timeOf(clock.now()), frame_id: '' };
      fake.receive('sensor_msgs/msg/JointState', 'joint_states', jointStateMessageOf(still, header));
    }, 5);
    const codec = messageCodec('geometry_msgs/msg/TwistStamped');
    /** Velocity ahead (m/s) of the newest command; undefined without one. */
    const ahead = () => {
      const sent = fake.published.filter(({ topic }) => topic === 'command').at(-1);
      return sent && codec.read(sent.bytes).twist.linear.x;
    };
    try {
      loop.active = true;
      loop.setSupervisorState('ready');
      await vi.waitFor(() => expect(ahead()).toBe(0));
      loop.setSupervisorState('running');
      await vi.waitFor(() => expect(ahead()).toBeGreaterThan(0.05));
      loop.pausePolicy();
      await vi.waitFor(() => expect(ahead()).toBe(0));
    } finally {
      clearInterval(timer);
      await loop.close();
    }
  });
});
