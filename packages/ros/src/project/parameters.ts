import type { ParameterSpec } from '../rcl/parameters.ts';

/** Parameter of every node that names a task or a policy. */
export const PROJECT_PARAMETERS = {
  config: {
    type: 'string',
    value: '',
    description:
      'Configuration file with tasks, sensors and policies of your own. Empty: praxis.config.ts in the working directory, if it exists.',
  },
} as const satisfies Record<string, ParameterSpec>;

/** Parameters of every node that names a policy. */
export const POLICY_SOURCE_PARAMETERS = {
  ...PROJECT_PARAMETERS,
  policy: {
    type: 'string',
    value: '',
    description:
      'A folder with manifest.json and its ONNX files, a name of the configuration, or a module such as my-policy.ts. ' +
      'Empty: the policy that comes with Praxis.',
  },
} as const satisfies Record<string, ParameterSpec>;
