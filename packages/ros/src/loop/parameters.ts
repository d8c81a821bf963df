import { SIM_LOOP } from '@praxis/sim';
import { POLICY_SOURCE_PARAMETERS } from '../project/parameters.ts';
import type { ParameterSpec } from '../rcl/parameters.ts';
import { REAL_TIME_PARAMETER } from '../rcl/real-time.ts';
import { ROBOT_PARAMETERS } from '../robot/parameters.ts';

/** Parameters of every node that runs a control loop with a policy. */
export const LOOP_PARAMETERS = {
  ...ROBOT_PARAMETERS,
  ...POLICY_SOURCE_PARAMETERS,
  ...REAL_TIME_PARAMETER,
  mask: {
    type: 'string[]',
    value: [''],
    description: 'Modalities or streams that are masked for the policy, such as "vision".',
  },
  accept_robot: {
    type: 'string',
    value: '',
    description:
      'Name of a robot (that of its URDF) that the policy may drive although its manifest does not name it, or names it with other joints, limits or gripper.',
  },
  workspace_minimum: {
    type: 'double[]',
    value: SIM_LOOP.workspace.minimum,
    description: 'x, y, z (m, base frame): targets of the policy below it are refused.',
  },
  workspace_maximum: {
    type: 'double[]',
    value: SIM_LOOP.workspace.maximum,
    description: 'x, y, z (m, base frame): targets of the policy above it are refused.',
  },
} as const satisfies Record<string, ParameterSpec>;
