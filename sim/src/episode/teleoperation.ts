import type { Pose, Workspace } from '@praxis/core';
import { HOME } from '../robot/arm.ts';
import { arm } from './scene.ts';

/** Where somebody who drives the simulated arm may take its tool: above the table, 2 cm inside what the loop lets through. */
const WORKSPACE: Workspace = { minimum: [0.22, -0.48, 0.02], maximum: [0.78, 0.48, 0.68] };

/** What drives the simulated arm by goals needs to know of it. @param urdf the arm's, as text */
export function teleoperation(urdf: string): { readonly workspace: Workspace; readonly home: Pose } {
  const home = new Float64Array(7);
  arm(urdf).kinematics.forward(Float64Array.from(HOME), home);
  return { workspace: WORKSPACE, home };
}
