/**
 * Praxis on ROS 2: a `Robot` whose streams are subscriptions and whose commands go to a sink. The nodes of this package
 * (`bin/`) are programs, not exports.
 * @example
 * const rcl = await loadRcl();
 * await rcl.init();
 * const node = new rcl.Node('my_loop');
 * const description = { ...ARM_LAYOUT, urdf: armUrdf(), toolFrame: TOOL_LINK, imageTransport: 'raw' } as const;
 * const { spec } = describeRobot(description);
 * const robot = new RosRobot({ rcl, node, clock: new RosClock(), imageTransport: 'raw', spec, sink });
 * await robot.start();
 * robot.stream('joints').subscribe(({ stamp }) => console.log(stamp));
 * node.spin(5);
 * @module
 */
export { loadRcl, RosMissingError, rosMissing } from './rcl/load.ts';
export { RosClock } from './rcl/ros-clock.ts';
export type { StampClock } from './rcl/stamp-clock.ts';
export type * from './rcl/types.ts';
export { type DescribedRobot, describeRobot, type RobotDescription } from './robot/description.ts';
export type { DriverJoints } from './robot/driver-joints.ts';
export type { GripperStates } from './robot/joint-topic.ts';
export type { OwnTopic } from './robot/own-topics.ts';
export { type CommandSink, RosRobot, type RosRobotOptions } from './robot/ros-robot.ts';
export type { StreamTopic } from './robot/stream-topics.ts';
export type { TopicCounters, TopicStatus } from './streams/topic.ts';
