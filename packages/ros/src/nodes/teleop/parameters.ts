import { HOME } from '@praxis/sim';
import type { ParameterSpec } from '../../rcl/parameters.ts';
import { LOOP_PARAMETERS } from '../policy/parameters.ts';

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
