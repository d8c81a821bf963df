export { RosMissingError } from './errors.ts';
export { loadRcl, rosMissing } from './rcl/load.ts';
export { RosClock } from './rcl/ros-clock.ts';
export { type DescribedRobot, describe, PRAXIS_ARM, type RobotDescription } from './robot/description.ts';
export { ControllerSink, RosRobot } from './robot/ros-robot.ts';
