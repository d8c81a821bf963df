import { FIRST_REPORT_SEED, MAX_SEED } from '@praxis/sim';
import { PROJECT_PARAMETERS } from '../../project/parameters.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';

/** Parameters of the simulator node. */
export const SIM_PARAMETERS = {
  ...PROJECT_PARAMETERS,
  task: {
    type: 'string',
    value: 'pick',
    description: 'Task: the objects on the table and the goal. pick, sort, or a name of the configuration.',
  },
  seed: {
    type: 'integer',
    value: FIRST_REPORT_SEED,
    range: [0, MAX_SEED],
    description:
      'Decides everything that is random: objects, light, sensors. No policy was trained on seeds from 2000000 up.',
  },
  instruct: {
    type: 'bool',
    value: true,
    description: "Publishes the task's instruction on the topic instruction for each new subscriber.",
  },
  publish_clock: { type: 'bool', value: true, description: 'Publishes the time of the stamps on /clock at 100 Hz.' },
  publish_tf: {
    type: 'bool',
    value: true,
    description: 'Publishes the frames of the arm on /tf at 50 Hz; switch it off beside a robot_state_publisher.',
  },
} as const satisfies Record<string, ParameterSpec>;
