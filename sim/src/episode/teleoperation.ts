import type { Pose, Workspace } from '@praxis/core';
import { isStraightPathReachable } from '@praxis/model';
import type { SafetyConfig } from '@praxis/safety';
import { HOME_JOINTS_RAD } from '../robot/arm.ts';
import { SIM_SAFETY } from '../safety/config.ts';
import { armModelOf } from './scene.ts';

/** Box above the table, 2 cm inside the workspace of the control loop (m, base_link). */
const TELEOPERATION_WORKSPACE: Workspace = { minimum: [0.22, -0.48, 0.02], maximum: [0.78, 0.48, 0.68] };

const { streams } = SIM_SAFETY.watchdog;
/**
 * An operator may drive the arm out of a camera's view, where simulated images are bit-identical. A frozen camera is
 * therefore reported and does not stop the arm.
 */
const TELEOPERATION_SAFETY: SafetyConfig = {
  ...SIM_SAFETY,
  watchdog: {
    ...SIM_SAFETY.watchdog,
    streams: { ...streams, vision: { ...streams.vision, frozen: { ...streams.vision.frozen!, reaction: 'report' } } },
  },
};

/** Limits of the simulated arm for programs that drive it by goal poses. Poses are those of the tool in `base_link`. */
export interface Teleoperation {
  /** Box that the operator may move the tool in (m). */
  readonly workspace: Workspace;
  /** The tool's pose with the joints at home (m, quaternion x y z w). */
  readonly home: Pose;
  /** True when the arm can move the tool on a straight line from one pose to the other within its joint limits. */
  reaches(from: Pose, to: Pose): boolean;
  /** Configuration of the supervisor during teleoperation. */
  readonly safety: SafetyConfig;
}

/**
 * Returns the limits of the simulated arm for teleoperation.
 * @param urdf text of the arm's URDF
 * @throws {InputError} when the URDF is invalid
 */
export function teleoperation(urdf: string): Teleoperation {
  const { kinematics } = armModelOf(urdf);
  const posture = Float64Array.from(HOME_JOINTS_RAD);
  const home = new Float64Array(7);
  kinematics.forward(posture, home);
  const reaches = (from: Pose, to: Pose) => isStraightPathReachable(kinematics, from, to, posture);
  return { workspace: TELEOPERATION_WORKSPACE, home, reaches, safety: TELEOPERATION_SAFETY };
}
