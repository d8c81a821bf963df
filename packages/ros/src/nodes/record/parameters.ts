import { OUTPUT_PARAMETERS } from '../../output/group-outputs.ts';
import { PROJECT_PARAMETERS } from '../../project/parameters.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';
import { FOLDER_PARAMETER, ROBOT_PARAMETERS } from '../../robot/parameters.ts';

const { cameras, sensor_frame, gripper_states, image_transport } = ROBOT_PARAMETERS;
const { gripper_effort: _, ...outputs } = OUTPUT_PARAMETERS;

/** Value of `recorded_cameras` that names every camera of the robot. */
export const ALL_CAMERAS = 'all';

/** Parameters of the recording node. */
export const RECORD_PARAMETERS = {
  ...FOLDER_PARAMETER,
  config: {
    ...PROJECT_PARAMETERS.config,
    description:
      'Configuration file, whose sensors with a topic are recorded too. Empty: praxis.config.ts in the working directory, if it exists.',
  },
  ...{ cameras, sensor_frame, gripper_states, image_transport },
  ...outputs,
  supervisor: {
    type: 'string',
    value: 'supervisor_node',
    description: 'Supervisor, whose state and events are recorded, and whose stops save what keep keeps.',
  },
  output: {
    type: 'string',
    value: 'recordings',
    description:
      'Folder that gets one file a recording, named by the robot and the time, or a file *.mcap. No file is overwritten: a further one is NAME-2.mcap.',
  },
  recorded_cameras: {
    type: 'string[]',
    value: [ALL_CAMERAS],
    description: 'Names of the cameras whose images are recorded. ["all"]: every camera; [""]: none.',
  },
  topics: {
    type: 'string[]',
    value: [''],
    description:
      'Further topics: "TOPIC TYPE", such as "/scan sensor_msgs/msg/LaserScan", or "TOPIC" for one that is published when a recording starts.',
  },
  sound: {
    type: 'bool',
    value: false,
    description: 'Records the sound on the topics audio and audio_stamped too.',
  },
  keep: {
    type: 'integer',
    value: 0,
    range: [0, 3600],
    description:
      'Keeps only so much (s), in memory, and writes it when a stop latches or ~/save asks. 0: everything is written as it comes.',
  },
  retain_days: {
    type: 'integer',
    value: 0,
    range: [0, 36_500],
    description: 'Days for which a recording may be kept, a note that praxis recordings prune obeys. 0: no note.',
  },
  auto_start: {
    type: 'bool',
    value: true,
    description: 'Starts a recording with the node. false: ~/start does.',
  },
} as const satisfies Record<string, ParameterSpec>;
