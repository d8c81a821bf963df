import { InputError, type Kinematics, type PolicySpec, type Pose, type Workspace } from '@praxis/core';
import { reachesStraight } from '@praxis/model';
import { HOME } from '@praxis/sim';
import { MotionPolicy } from '@praxis/teleop';
import { LOOP_PARAMETERS } from '../../loop/parameters.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';
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

export const TELEOP_PARAMETERS = {
  ...LOOP_PARAMETERS,
  home: {
    type: 'double[]',
    value: HOME,
    description: 'Joint positions (rad), base first, at whose tool pose the arm is at home.',
  },
  supervisor: {
    type: 'string',
    value: 'supervisor_node',
    description: 'Node that is asked for a protective stop when somebody says stop.',
  },
} as const satisfies Record<string, ParameterSpec>;
