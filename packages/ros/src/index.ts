export { loadRcl, RosMissingError, rosMissing } from './rcl/load.ts';
export { RosClock } from './rcl/ros-clock.ts';
export { type DescribedRobot, describeRobot, type RobotDescription } from './robot/description.ts';
export { type CommandSink, RosRobot, type RosRobotOptions } from './robot/ros-robot.ts';
