import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { messageCodec, timeOf } from '@praxis/wire';
import { describe, expect, it } from 'vitest';
import { folderRobot, openFolder } from '../robot/node-robot.ts';
import { nodeWith } from '../testing/parameter-node.ts';
import { praxisArm } from '../testing/praxis-arm.ts';
import { groupOutputs, OUTPUT_PARAMETERS, type OutputValues } from './group-outputs.ts';

const DRIVERS = { image_transport: 'raw', gripper_states: '', joint_age: 0.2 } as const;
const DEFAULTS = Object.fromEntries(
  Object.entries(OUTPUT_PARAMETERS).map(([name, { value }]) => [name, value]),
) as unknown as OutputValues;

const robotOf = async (name: string) =>
  folderRobot(await openFolder(fileURLToPath(new URL(`../../../../robots/${name}`, import.meta.url))), DRIVERS);

const namesOf = (groups: ReturnType<typeof groupOutputs>) =>
  Object.fromEntries(groups.map(({ group, outputs }) => [group, outputs.map(({ name }) => name)]));

describe('the outputs of command groups', () => {
  it('of the only arm have the names that the node says, without a namespace', () => {
    const { session } = nodeWith();
    expect(namesOf(groupOutputs(session, praxisArm(), { ...DEFAULTS, controller_name: '/my/arm' }))).toEqual({
      arm: ['/my/arm/commands', 'gripper_controller/commands'],
    });
  });

  it('of two arms are in the namespaces of the arms, and each arm may have a controller of its own', async () => {
    const robot = await robotOf('two_arms');
    expect(namesOf(groupOutputs(nodeWith().session, robot, DEFAULTS))).toEqual({
      left: ['left/forward_position_controller/commands', 'left/gripper_controller/commands'],
      right: ['right/forward_position_controller/commands', 'right/gripper_controller/commands'],
    });
    const own = {
      'left.controller': 'joint_trajectory',
      'left.controller_name': '/left_arm_controller',
      'right.gripper': 'none',
    };
    const values = { ...DEFAULTS, controller_name: 'my_controller' };
    expect(namesOf(groupOutputs(nodeWith(own).session, robot, values))).toEqual({
      left: ['/left_arm_controller/joint_trajectory', 'left/gripper_controller/commands'],
      right: ['right/my_controller/commands', 'none'],
    });
  });

  it('refuse one controller for two arms, and a wrong name, by the name of the parameter', async () => {
    const robot = await robotOf('two_arms');
    const { session } = nodeWith();
    expect(() => groupOutputs(session, robot, { ...DEFAULTS, controller_name: '/one' })).toThrow(
      new InputError(
        'parameter controller_name: "/one" is one controller, and each group has its own: expected left.controller_name',
      ),
    );
    const wrong = nodeWith({ 'right.gripper_name': 'my hand' });
    expect(() => groupOutputs(wrong.session, robot, DEFAULTS)).toThrow('parameter right.gripper_name: "my hand" is no');
  });

  it.each([
    ['geometry_msgs/msg/TwistStamped', true, '', 'cmd_vel'],
    ['geometry_msgs/msg/Twist', false, 'diff_drive_controller', 'diff_drive_controller/cmd_vel'],
  ] as const)('send a base its velocities as %s', async (type, stamped, name, topic) => {
    const { session, fake } = nodeWith();
    const values = { ...DEFAULTS, use_stamped_vel: stamped, controller_name: name };
    const [{ group, outputs }] = groupOutputs(session, await robotOf('base'), values);
    expect([group, outputs.map((output) => output.name)]).toEqual(['base', [topic]]);
    const target = { position: Float64Array.of(0.4, -1.5), velocity: new Float64Array(2), gripperWidth: 0 };
    for (let tick = 0; tick < 10; tick++) outputs[0].send(target, { stamp: timeOf(7), frame_id: '' });
    expect(fake.published).toHaveLength(2);
    const twist = { linear: { x: 0.4, y: 0, z: 0 }, angular: { x: 0, y: 0, z: -1.5 } };
    const header = { stamp: { sec: 7, nanosec: 0 }, frame_id: 'base_link' };
    const [{ bytes, ...sent }] = fake.published;
    expect(sent).toEqual({ type, topic });
    expect(messageCodec(type).read(bytes)).toEqual(stamped ? { header, twist } : twist);
  });
});
