import { CONTROLLERS } from '../../output/arm-outputs.ts';
import { GRIPPERS } from '../../output/gripper-outputs.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';
import { ROBOT_PARAMETERS } from '../../robot/parameters.ts';

/** Parameters of the supervisor node. */
export const SUPERVISOR_PARAMETERS = {
  ...ROBOT_PARAMETERS,
  controller: {
    type: 'string',
    value: 'forward_position',
    oneOf: CONTROLLERS,
    description: 'Kind of the controller that moves the arm; it sets the topic of the targets.',
  },
  gripper: {
    type: 'string',
    value: 'forward_position',
    oneOf: GRIPPERS,
    description: 'Output of the gripper width: a topic, the action gripper_controller/gripper_cmd, or none.',
  },
  gripper_effort: {
    type: 'double',
    value: 40,
    range: [0, 1000],
    description: 'Largest effort (N) in a goal of the gripper action.',
  },
  safety_config: {
    type: 'string',
    value: '',
    description:
      'JSON file of limits, watchdogs and reactions. Empty: the defaults. "sim": the limits of the simulated arm; "teleop": the limits of that arm under teleoperation.',
  },
  watch_cameras: {
    type: 'bool',
    value: true,
    description: 'A lost or frozen camera stops the arm; this node then receives every image.',
  },
  auto_start: {
    type: 'bool',
    value: false,
    description:
      'Starts the arm once, as soon as a policy sends heartbeats. After a stop a reset and a start are necessary.',
  },
} as const satisfies Record<string, ParameterSpec>;
