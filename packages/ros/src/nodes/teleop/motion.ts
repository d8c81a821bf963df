import { InputError, type Kinematics, type PolicySpec, type Pose, type Workspace } from '@praxis/core';
import { reachesStraight } from '@praxis/model';
import { MotionPolicy } from '@praxis/teleop';
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
 * What carries out motion goals on an arm.
 * @throws {InputError} when home has not as many joints as the arm, or lies outside the workspace.
 */
export function motionPolicy({ description, kinematics, workspace, home, timing }: MotionSetup): MotionPolicy {
  const { joints, baseFrame } = description;
  if (home.length !== joints.length) throw new InputError(`home: ${home.length} joints, the arm has ${joints.length}`);
  const pose = new Float64Array(7);
  kinematics.forward(Float64Array.from(home), pose);
  const { minimum, maximum } = workspace;
  const inside: Workspace = {
    minimum: [minimum[0] + ROOM, minimum[1] + ROOM, minimum[2] + ROOM],
    maximum: [maximum[0] - ROOM, maximum[1] - ROOM, maximum[2] - ROOM],
  };
  const reaches = (from: Pose, to: Pose) => reachesStraight(kinematics, from, to, home);
  return new MotionPolicy({ workspace: inside, home: pose, reaches, timing, baseFrame });
}
