import { CONTROLLERS } from '../../output/arm-outputs.ts';
import { GRIPPERS } from '../../output/gripper-outputs.ts';
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
  controller: {
    type: 'string',
    value: 'forward_position',
    oneOf: CONTROLLERS,
    description: 'Kind of the controller that moves the arm; it sets the topic of the targets.',
  },
  controller_name: {
    type: 'string',
    value: '',
    description:
      'Name of the controller that moves the arm: its topic is NAME/commands, NAME/joint_trajectory, NAME/delta_twist_cmds or NAME/delta_joint_cmds. Empty: forward_position_controller, joint_trajectory_controller or servo_node.',
  },
  gripper: {
    type: 'string',
    value: 'forward_position',
    oneOf: GRIPPERS,
    description: 'Output of the gripper width: the topic NAME/commands, the action NAME/gripper_cmd, or none.',
  },
  gripper_name: {
    type: 'string',
    value: '',
    description: "Name of the gripper's controller, NAME in its topic or action. Empty: gripper_controller.",
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
      'JSON file of limits, watchdogs and reactions. Empty: the defaults, or with robot those of its folder and what is derived from it. "sim": the limits of the simulated arm; "teleop": the limits of that arm under teleoperation.',
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
