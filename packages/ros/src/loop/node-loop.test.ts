import type { Policy } from '@praxis/core';
import { ARM_LAYOUT, HOME_JOINTS_RAD, SIM_LOOP, TOOL_LINK } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { jointStateMessageOf, timeOf } from '@praxis/wire';
import { describe, expect, it, vi } from 'vitest';
import { RosClock } from '../rcl/ros-clock.ts';
import type { RosSession } from '../rcl/session.ts';
import { describeRobot } from '../robot/description.ts';
import { FakeNode } from '../testing/fake-node.ts';
import { NodeLoop } from './node-loop.ts';

const { joints, fingers } = ARM_LAYOUT;

/** A loop over a fake node, with a policy whose inferences the test decides. */
function setUp(infer: Policy['infer']) {
  const fake = new FakeNode();
  const clock = new RosClock();
  const log = fake.node.getLogger();
  const session = { ...fake, log, clock, onClose() {} } as unknown as RosSession;
  const description = { ...ARM_LAYOUT, urdf: armUrdf(), toolFrame: TOOL_LINK, imageTransport: 'raw' } as const;
  const policy: Policy = {
    spec: { name: 'test', inputs: [], horizon: 2, actionPeriod: 0.05, inferencePeriod: 0.05 },
    infer,
    reset() {},
    close: async () => undefined,
  };
  const loop = new NodeLoop({
    session,
    arm: { description, robot: describeRobot(description), folder: undefined, gripper: undefined },
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
