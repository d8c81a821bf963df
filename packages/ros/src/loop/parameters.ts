import { SIM_LOOP } from '@praxis/sim';
import type { ParameterSpec } from '../rcl/parameters.ts';
import { ROBOT_PARAMETERS } from '../robot/parameters.ts';

/** Of every node that runs a control loop with a policy. */
export const LOOP_PARAMETERS = {
  ...ROBOT_PARAMETERS,
  policy: {
    type: 'string',
    value: '',
    description: 'Folder of the policy: manifest.json and its ONNX files. Empty: the one that comes with Praxis.',
  },
  mask: {
    type: 'string[]',
    value: [''],
    description: 'Modalities or streams that the policy is not to see, such as "vision".',
  },
  workspace_minimum: {
    type: 'double[]',
    value: SIM_LOOP.workspace.minimum,
    description: 'x, y, z (m, base frame): targets of the policy below are refused.',
  },
  workspace_maximum: {
    type: 'double[]',
    value: SIM_LOOP.workspace.maximum,
    description: 'x, y, z (m, base frame): targets of the policy beyond are refused.',
  },
} as const satisfies Record<string, ParameterSpec>;
