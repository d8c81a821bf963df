import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rosMissing } from '../../packages/ros/src/rcl/load.ts';

const sourced = (process.env.AMENT_PREFIX_PATH ?? '').split(':');

/** What the tests of the nodes lack, for `needs`: a sourced ROS 2. */
export const ROS = rosMissing() === undefined ? undefined : 'no ROS 2 is sourced: npm run test:ros';

/** What the tests of the action lack: its type, which the ament package generates. */
export const ACTION =
  ROS ??
  (sourced.some((prefix) => existsSync(join(prefix, 'share/praxis/action/Instruct.action')))
    ? undefined
    : 'the ament package is not built: npm run test:ros');
