import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RosClock } from '../../rcl/ros-clock.ts';
import type { RosSession } from '../../rcl/session.ts';
import { openFolder } from '../../robot/node-robot.ts';
import { FakeNode } from '../../testing/fake-node.ts';
import { ArmCommands } from './arm-commands.ts';
import { type CommandHandlers, subscribeCommands } from './command-topics.ts';

async function simulated(name: string, twists: CommandHandlers['twists']) {
  const { setup } = await openFolder(fileURLToPath(new URL(`../../../../../robots/${name}`, import.meta.url)));
  const fake = new FakeNode();
  const log = fake.node.getLogger();
  const session = { ...fake, clock: new RosClock(), log, onClose: () => undefined } as unknown as RosSession;
  const received: unknown[] = [];
  const topics = subscribeCommands(session, {
    setup,
    arms: new Map(setup.arms.map((arm) => [arm.name, new ArmCommands(arm)])),
    twists,
    due: () => 0,
    onTwist: (group, twist) => received.push([group, ...twist]),
    onCommand: () => undefined,
    onPower: (group, power) => received.push([group, power]),
  });
  return { fake, received, topics };
}

const twist = (x: number) => ({ linear: { x, y: 0, z: 0 }, angular: { x: 0, y: 0, z: 0.5 } });
const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: 'base_link' };

describe('the controllers of the simulated robot', () => {
  it('of the only arm have the topics of ros2_control, those of two arms in the namespaces of the arms', async () => {
    const names = async (name: string) => (await simulated(name, 'stamped')).topics.map((topic) => topic.name);
    const one = await names('praxis_arm');
    expect(one).toEqual([
      'forward_position_controller/commands',
      'joint_trajectory_controller/joint_trajectory',
      'gripper_controller/commands',
      'power',
    ]);
    expect(await names('two_arms')).toEqual(['left', 'right'].flatMap((arm) => one.map((topic) => `${arm}/${topic}`)));
  });

  it('take the brakes of each arm apart', async () => {
    const { fake, received } = await simulated('two_arms', 'stamped');
    fake.receive('std_msgs/msg/Bool', 'right/power', { data: false });
    expect(received).toEqual([['right', false]]);
  });

  it('of a base take twists of the type that the node says, and no velocity that is not finite', async () => {
    const stamped = await simulated('base', 'stamped');
    stamped.fake.receive('geometry_msgs/msg/TwistStamped', 'cmd_vel', { header, twist: twist(0.3) });
    expect(stamped.received).toEqual([['base', 0.3, 0.5]]);
    const plain = await simulated('base', 'unstamped');
    plain.fake.receive('geometry_msgs/msg/Twist', 'cmd_vel', twist(0.2));
    plain.fake.receive('geometry_msgs/msg/Twist', 'cmd_vel', twist(Number.NaN));
    expect(plain.received).toEqual([['base', 0.2, 0.5]]);
    expect(plain.topics[0].lastFault).toBe('base: NaN, 0.5');
  });
});
