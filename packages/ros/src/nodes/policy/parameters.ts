import { LOOP_PARAMETERS } from '../../loop/parameters.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';

/** Parameters of the policy node. */
export const POLICY_PARAMETERS = {
  ...LOOP_PARAMETERS,
  instruct_timeout: {
    type: 'double',
    value: 60,
    range: [1, 3600],
    description: 'Timeout (s) of a goal of the action ~/instruct that names none.',
  },
  rest_time: {
    type: 'double',
    value: 3,
    range: [0.5, 60],
    description: 'A goal of the action ~/instruct is done after the tool was at rest for this time (s).',
  },
  auto_start: {
    type: 'bool',
    value: true,
    description: 'The node configures and activates itself; false leaves that to a lifecycle manager.',
  },
} as const satisfies Record<string, ParameterSpec>;
