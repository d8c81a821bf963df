import { MAX_SEED, REPORT_SEEDS, TASK_NAMES } from '@praxis/sim';
import type { ParameterSpec } from '../../rcl/parameters.ts';

export const SIM_PARAMETERS = {
  task: {
    type: 'string',
    value: 'pick',
    oneOf: TASK_NAMES,
    description: 'What lies on the table, and what is to be done.',
  },
  seed: {
    type: 'integer',
    value: REPORT_SEEDS,
    range: [0, MAX_SEED],
    description:
      'Decides everything that is random: objects, light, sensors. From 2000000 on: what no policy was trained on.',
  },
  instruct: {
    type: 'bool',
    value: true,
    description: 'Says the words of the task on the topic instruction, once somebody listens.',
  },
  publish_clock: { type: 'bool', value: true, description: 'Publishes the time of the stamps on /clock at 100 Hz.' },
  publish_tf: {
    type: 'bool',
    value: true,
    description: 'Publishes the frames of the arm on /tf at 50 Hz; switch it off beside a robot_state_publisher.',
  },
} as const satisfies Record<string, ParameterSpec>;
