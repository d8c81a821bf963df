import { InputError, type Kinematics, type PolicySpec, type Workspace } from '@praxis/core';
import { teleoperation } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { MotionPolicy } from '@praxis/speech';
import type { RobotDescription } from '../../robot/description.ts';

/** m, by which spoken motion keeps away from where the loop lets nothing through. */
const ROOM = 0.02;

export interface MotionSetup {
  readonly description: RobotDescription;
  readonly kinematics: Kinematics;
  /** The loop's own. */
  readonly workspace: Workspace;
  /** Joint positions, rad. */
  readonly home: readonly number[];
  readonly timing: Pick<PolicySpec, 'horizon' | 'actionPeriod' | 'inferencePeriod'>;
}

/**
 * What carries out motion goals on an arm. Of the Praxis arm it is known beforehand where its reach ends; another arm finds out
 * on the way.
 * @throws {InputError} when home has not as many joints as the arm, or lies outside the workspace.
 */
export function motionPolicy({ description, kinematics, workspace, home, timing }: MotionSetup): MotionPolicy {
  const { joints, baseFrame, urdf } = description;
  if (home.length !== joints.length) throw new InputError(`home: ${home.length} joints, the arm has ${joints.length}`);
  const pose = new Float64Array(7);
  kinematics.forward(Float64Array.from(home), pose);
  const { minimum, maximum } = workspace;
  const inside: Workspace = {
    minimum: [minimum[0] + ROOM, minimum[1] + ROOM, minimum[2] + ROOM],
    maximum: [maximum[0] - ROOM, maximum[1] - ROOM, maximum[2] - ROOM],
  };
  const reaches = urdf === armUrdf() ? teleoperation(urdf).reaches : undefined;
  return new MotionPolicy({ workspace: inside, home: pose, reaches, timing, baseFrame });
}
