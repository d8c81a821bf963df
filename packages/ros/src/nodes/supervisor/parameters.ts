import { CONTROLLERS } from '../../output/arm-outputs.ts';
import { GRIPPERS } from '../../output/gripper-outputs.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';
import { ROBOT_PARAMETERS } from '../../robot/parameters.ts';

export const SUPERVISOR_PARAMETERS = {
  ...ROBOT_PARAMETERS,
  controller: {
    type: 'string',
    value: 'forward_position',
    oneOf: CONTROLLERS,
    description: 'Kind of the controller that moves the arm, and with it the topic that targets go to.',
  },
  gripper: {
    type: 'string',
    value: 'forward_position',
    oneOf: GRIPPERS,
    description:
      'How the gripper is told its width: a topic, the action gripper_controller/gripper_cmd, or not at all.',
  },
  gripper_effort: {
    type: 'double',
    value: 40,
    range: [0, 1000],
    description: 'Largest effort (N) that a goal of the gripper action asks for.',
  },
  safety_config: {
    type: 'string',
    value: '',
    description:
      'JSON file of limits, watchdogs and reactions. Empty: the defaults. "sim": those of the simulated arm; "teleop": of that arm when people drive it.',
  },
  watch_cameras: {
    type: 'bool',
    value: true,
    description: 'Whether a camera that is lost or frozen stops the arm; each picture passes through this node then.',
  },
  auto_start: {
    type: 'bool',
    value: false,
    description:
      'Lets commands through, once, as soon as a policy sends heartbeats. After a stop it takes a reset and a start.',
  },
} as const satisfies Record<string, ParameterSpec>;
