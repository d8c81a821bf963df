import { fileURLToPath } from 'node:url';
import { SimulatedClock } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { groupOutputs, type OutputValues } from '../../output/group-outputs.ts';
import type { ParameterValues } from '../../rcl/parameters.ts';
import { folderRobot as driverRobot, openFolder } from '../../robot/node-robot.ts';
import { openTopic } from '../../robot/stream-topics.ts';
import { FakeNode } from '../../testing/fake-node.ts';
import { nodeWith } from '../../testing/parameter-node.ts';
import { praxisArm } from '../../testing/praxis-arm.ts';
import { RECORD_PARAMETERS } from './parameters.ts';
import { describedRobot, folderRobot } from './robot.ts';
import { praxisTopics, streamTopics } from './topics.ts';

type Values = ParameterValues<typeof RECORD_PARAMETERS>;

/** The parameters of a node, with their defaults where nothing is given. */
const parameters = (given: Partial<Values> = {}): Values =>
  ({
    ...Object.fromEntries(Object.entries(RECORD_PARAMETERS).map(([name, { value }]) => [name, value])),
    ...given,
  }) as Values;

const folderOf = (name: string) => openFolder(fileURLToPath(new URL(`../../../../../robots/${name}`, import.meta.url)));

const topicsOf = (values: Values, robot = describedRobot(values)) =>
  praxisTopics(nodeWith().session, { robot, own: [], values }).map(({ topic, type }) => `${topic} ${type}`);

describe('the topics of a recording', () => {
  it.each(['raw', 'compressed'] as const)(
    'are those from which the nodes take the streams, with %s images',
    async (transport) => {
      const values = parameters({ image_transport: transport });
      const robots = [
        { spec: praxisArm().spec, recorded: describedRobot(values) },
        ...(await Promise.all(
          ['two_arms', 'base'].map(async (name) => {
            const folder = await folderOf(name);
            const { spec } = driverRobot(folder, { image_transport: transport, gripper_states: '', joint_age: 0.2 });
            return { spec, recorded: folderRobot(folder, { ...values, robot: name }) };
          }),
        )),
      ];
      for (const { spec, recorded } of robots) {
        const { rcl, node } = new FakeNode();
        const source = { rcl, node, clock: new SimulatedClock(0), imageTransport: transport };
        const opened = spec.streams.map((stream) => openTopic(source, stream)).map(({ name, type }) => [name, type]);
        const found = streamTopics(recorded).map(({ topic, type }) => [topic, type]);
        expect(found).toEqual(expect.arrayContaining(opened));
        expect(found.filter(([, type]) => type !== 'sensor_msgs/msg/CameraInfo')).toHaveLength(opened.length);
      }
    },
  );

  it('are the commands, the brakes and the targets of each command group', async () => {
    const values = parameters({ robot: 'two_arms', controller: 'joint_trajectory' });
    const folder = await folderOf('two_arms');
    const drivers = driverRobot(folder, { image_transport: 'raw', gripper_states: '', joint_age: 0.2 });
    const published = groupOutputs(nodeWith().session, drivers, values as unknown as OutputValues);
    const names = published.flatMap(({ outputs }) => outputs.map(({ name }) => name));
    const found = topicsOf(values, folderRobot(folder, values));
    expect(found).toEqual(
      expect.arrayContaining([
        'left/command trajectory_msgs/msg/JointTrajectory',
        'right/power std_msgs/msg/Bool',
        'left/joint_trajectory_controller/joint_trajectory trajectory_msgs/msg/JointTrajectory',
      ]),
    );
    for (const name of names) expect(found.map((each) => each.split(' ')[0])).toContain(name);
    const base = await folderOf('base');
    expect(topicsOf(parameters({ robot: 'base' }), folderRobot(base, values))).toEqual(
      expect.arrayContaining([
        'command geometry_msgs/msg/TwistStamped',
        'cmd_vel geometry_msgs/msg/TwistStamped',
        'odom nav_msgs/msg/Odometry',
      ]),
    );
  });

  it('have the words, states and diagnostics of the nodes, and sound only where it is asked for', () => {
    const found = topicsOf(parameters());
    for (const topic of [
      'instruction',
      'transcript',
      'supervisor_node/state',
      'supervisor_node/event',
      'heartbeat',
      '/tf_static',
    ])
      expect(found.map((each) => each.split(' ')[0])).toContain(topic);
    expect(found.filter((each) => each.includes('audio'))).toEqual([]);
    expect(topicsOf(parameters({ sound: true })).filter((each) => each.includes('audio'))).toHaveLength(3);
  });

  it('have the images of the cameras that are chosen, and a camera that the robot lacks is refused', () => {
    const images = (recorded_cameras: readonly string[]) =>
      topicsOf(parameters({ recorded_cameras })).filter((each) => each.endsWith('/Image'));
    expect(images(['all'])).toHaveLength(2);
    expect(images(['wrist'])).toEqual(['camera_wrist/image_raw sensor_msgs/msg/Image']);
    expect(images([''])).toEqual([]);
    expect(() => images(['left'])).toThrow('parameter recorded_cameras: no camera left; the robot has front, wrist');
  });

  it('have no wrench without a sensor, and the joint states of a gripper with a topic of its own', () => {
    const found = topicsOf(parameters({ sensor_frame: '', gripper_states: 'gripper/joint_states' }));
    expect(found.filter((each) => each.startsWith('wrench'))).toEqual([]);
    expect(found).toContain('gripper/joint_states sensor_msgs/msg/JointState');
  });
});
