import { firstLine, PraxisError } from '@praxis/core';
import type { Rcl } from './types.ts';

/** ROS 2 or its client library is missing. The message names the missing part and the command that installs it. */
export class RosMissingError extends PraxisError {
  override readonly name = 'RosMissingError';
}

/** A variable, so that this module compiles without the package, which needs ROS 2 to install. */
const PACKAGE = 'rclnodejs';

/** The reason why this shell cannot use ROS 2, with the remedy; undefined when ROS 2 is sourced. */
export function rosMissing(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (environment.AMENT_PREFIX_PATH) return undefined;
  return 'ROS 2 is not sourced in this shell: run "source /opt/ros/$ROS_DISTRO/setup.bash" first';
}

/**
 * Loads the ROS 2 client library. It imports the library only when ROS 2 is sourced: an import without ROS 2 deletes the
 * library's build.
 * @throws {RosMissingError} when ROS 2 is not sourced or the library was not built against it.
 */
export async function loadRcl(): Promise<Rcl> {
  const missing = rosMissing();
  if (missing !== undefined) throw new RosMissingError(missing);
  try {
    const { default: rcl } = (await import(PACKAGE)) as { default: Rcl };
    return rcl;
  } catch (cause) {
    const reason = firstLine(cause);
    throw new RosMissingError(
      `rclnodejs cannot be loaded (${reason}): run "npm run ros" in this shell to build it against ROS 2`,
      { cause },
    );
  }
}
