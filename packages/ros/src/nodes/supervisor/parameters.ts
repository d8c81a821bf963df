import { OUTPUT_PARAMETERS } from '../../output/group-outputs.ts';
import { PROJECT_PARAMETERS } from '../../project/parameters.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';
import { REAL_TIME_PARAMETER } from '../../rcl/real-time.ts';
import { ROBOT_PARAMETERS } from '../../robot/parameters.ts';

/** Parameters of the supervisor node. */
export const SUPERVISOR_PARAMETERS = {
  ...ROBOT_PARAMETERS,
  config: {
    ...PROJECT_PARAMETERS.config,
    description:
      'Configuration file, read only for a robot that neither is a folder nor comes with Praxis. Empty: praxis.config.ts in the working directory.',
  },
  ...REAL_TIME_PARAMETER,
  ...OUTPUT_PARAMETERS,
  safety_config: {
    type: 'string',
    value: '',
    description:
      'JSON file of limits, watchdogs and reactions, by command group where there are several. Empty: the defaults, or with robot those of its folder and what is derived from it. "sim": the limits of the simulated arm; "teleop": the limits of that arm under teleoperation.',
  },
  watch_cameras: {
    type: 'bool',
    value: true,
    description:
      'A lost or frozen camera that the policy reads stops the arm, another one is reported; this node then receives every image.',
  },
  needed_cameras: {
    type: 'string[]',
    value: [''],
    description:
      'Cameras whose loss stops the arm although the policy does not read them, such as those by which a person drives it.',
  },
  auto_start: {
    type: 'bool',
    value: false,
    description:
      'Starts the arm once, as soon as a policy sends heartbeats. After a stop a reset and a start are necessary.',
  },
} as const satisfies Record<string, ParameterSpec>;
