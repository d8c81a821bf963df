import type { ArmCommand, JointState } from '@praxis/core';
import { ARM_LAYOUT, TOOL_LINK } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { loadRcl } from '../../packages/ros/src/rcl/load.ts';
import { RosClock } from '../../packages/ros/src/rcl/ros-clock.ts';
import { everyPeriod } from '../../packages/ros/src/rcl/ticker.ts';
import { CommandPublisher } from '../../packages/ros/src/robot/command-topic.ts';
import { describeRobot } from '../../packages/ros/src/robot/description.ts';
import { HEARTBEAT_TOPIC, HEARTBEAT_TYPE, heartbeatOf } from '../../packages/ros/src/robot/node-topics.ts';
import { RosRobot } from '../../packages/ros/src/robot/ros-robot.ts';
import { CdrPublisher } from '../../packages/ros/src/streams/cdr-publisher.ts';

// Stands in for the node of the policy: at 500 Hz it commands the last measured joint positions.
const rcl = await loadRcl();
await rcl.init();
const node = new rcl.Node('bench_follower');
const clock = new RosClock();
const { spec } = describeRobot({
  ...ARM_LAYOUT,
  urdf: armUrdf(),
  toolFrame: TOOL_LINK,
  sensorFrame: '',
  cameras: [],
  imageTransport: 'raw',
});
const sink = new CommandPublisher(rcl, node, { arms: [{ name: 'arm', joints: ARM_LAYOUT.joints }], bases: [] });
const robot = new RosRobot({ rcl, node, clock, imageTransport: 'raw', spec, sink });
const heartbeat = new CdrPublisher(rcl, node, HEARTBEAT_TYPE, HEARTBEAT_TOPIC, 'event');
let measuredCommand: ArmCommand | undefined;
robot.stream('joints').subscribe(({ value }) => {
  const { names, position } = value as JointState;
  const at = (joint: string): number => position[names.indexOf(joint)];
  const gripperWidth = ARM_LAYOUT.fingers.reduce((width, finger) => width + at(finger), 0);
  measuredCommand = { position: Float64Array.from(ARM_LAYOUT.joints, at), gripperWidth };
});
await robot.start();
const reads = spec.streams.map(({ name }) => name);
everyPeriod(
  () => clock.now(),
  0.002,
  (due, newest) => {
    if (!newest || !measuredCommand) return;
    robot.command(spec.commands[0].name, { value: measuredCommand, stamp: clock.now(), received: due });
  },
);
everyPeriod(
  () => clock.now(),
  0.01,
  (_, newest) => newest && heartbeat.publish(heartbeatOf('filled', reads)),
);
node.spin(5);
