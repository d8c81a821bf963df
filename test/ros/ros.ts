import { rosMissing } from '../../packages/ros/src/rcl/load.ts';

/** The reason why the tests of the nodes cannot run in this shell; undefined when ROS 2 is sourced. */
export const missing = rosMissing();
if (missing !== undefined) console.warn(`tests of the ROS 2 nodes are skipped: ${missing}`);
