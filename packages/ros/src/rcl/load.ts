import { firstLine, PraxisError } from '@praxis/core';
import type { Rcl } from './types.ts';

/** ROS 2, or the package that talks to it, is not there; the message says what is missing and how to get it. */
export class RosMissingError extends PraxisError {
  override readonly name = 'RosMissingError';
}

/** Named by a variable: where ROS 2 is missing the package is not installed, and its types are not there. */
const PACKAGE = 'rclnodejs';

/** What stands in the way of ROS 2 here; undefined when nothing is known to. */
export function rosMissing(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (environment.AMENT_PREFIX_PATH) return undefined;
  return 'ROS 2 is not sourced in this shell: run "source /opt/ros/$ROS_DISTRO/setup.bash" first';
}

/**
 * The ROS 2 client library. Never imports it in a shell in which ROS 2 is not sourced: that would delete its build.
 * @throws {RosMissingError} when ROS 2 is not sourced or the library was not built against it.
 */
export async function loadRcl(): Promise<Rcl> {
  const missing = rosMissing();
  if (missing !== undefined) throw new RosMissingError(missing);
  try {
    const { default: rcl } = (await import(PACKAGE)) as { default: Rcl };
    return rcl;
  } catch (cause) {
    const why = firstLine(cause);
    throw new RosMissingError(
      `rclnodejs cannot be loaded (${why}): run "npm run ros" in this shell to build it against ROS 2`,
      { cause },
    );
  }
}
