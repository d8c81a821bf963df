import type { RobotFolder } from '@praxis/model';
import type { SafetyConfig } from '@praxis/safety';

/** The configuration of a robot's supervisor, and where it comes from. */
export interface RobotSafety {
  readonly config: SafetyConfig;
  /** `stated`: `robot.yaml` has settings; what they leave out is derived. */
  readonly origin: 'stated' | 'derived';
}

/**
 * The configuration with which the simulator supervises a robot.
 * @throws {InputError} for a robot that the simulator cannot run, and for a wrong setting
 */
export async function robotSafety(robot: RobotFolder): Promise<RobotSafety> {
  const { robotSetup, robotSource, safetyOf } = await import('@praxis/sim');
  const config = safetyOf(robotSetup(await robotSource(robot)));
  return { config, origin: robot.definition.safety === undefined ? 'derived' : 'stated' };
}
