import type { Pose, Workspace } from '@praxis/core';
import { isStraightPathReachable } from '@praxis/model';
import type { SafetyConfig } from '@praxis/safety';
import { HOME_JOINTS_RAD } from '../robot/arm.ts';
import { SIM_SAFETY } from '../safety/config.ts';
import { armModelOf } from './scene.ts';

/** Above the table, 2 cm inside what the loop lets through. */
const TELEOPERATION_WORKSPACE: Workspace = { minimum: [0.22, -0.48, 0.02], maximum: [0.78, 0.48, 0.68] };

const { streams } = SIM_SAFETY.watchdog;
/** Somebody may drive the arm out of a camera's sight, and simulated pictures without it are the very same: that is told only. */
const TELEOPERATION_SAFETY: SafetyConfig = {
  ...SIM_SAFETY,
  watchdog: {
    ...SIM_SAFETY.watchdog,
    streams: { ...streams, vision: { ...streams.vision, frozen: { ...streams.vision.frozen!, reaction: 'report' } } },
  },
};

/** What a program that drives the simulated arm by goals needs to know of it; poses are of the tool in base_link. */
export interface Teleoperation {
  /** Where somebody who drives the arm may take its tool. */
  readonly workspace: Workspace;
  /** The tool's pose with the joints at home (m, quaternion x y z w). */
  readonly home: Pose;
  /** Whether joints within their limits bring the tool straight from one pose to another. */
  reaches(from: Pose, to: Pose): boolean;
  /** How the arm is guarded while people drive it. */
  readonly safety: SafetyConfig;
}

/** What driving the simulated arm by goals needs to know of it. @param urdf the arm's, as text */
export function teleoperation(urdf: string): Teleoperation {
  const { kinematics } = armModelOf(urdf);
  const posture = Float64Array.from(HOME_JOINTS_RAD);
  const home = new Float64Array(7);
  kinematics.forward(posture, home);
  const reaches = (from: Pose, to: Pose) => isStraightPathReachable(kinematics, from, to, posture);
  return { workspace: TELEOPERATION_WORKSPACE, home, reaches, safety: TELEOPERATION_SAFETY };
}
