import { FIRST_REPORT_SEED, MAX_SEED } from '@praxis/sim';
import { PROJECT_PARAMETERS } from '../../project/parameters.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';
import { REAL_TIME_PARAMETER } from '../../rcl/real-time.ts';
import { FOLDER_PARAMETER } from '../../robot/parameters.ts';
import { TWIST_PARAMETER } from '../../robot/twist.ts';

/** Parameters of the simulator node. */
export const SIM_PARAMETERS = {
  ...PROJECT_PARAMETERS,
  robot: {
    ...FOLDER_PARAMETER.robot,
    description:
      'Folder with a robot.yaml, or the name of a robot that comes with Praxis or is registered by the configuration, such as arm6. ' +
      'Empty: the Praxis arm.',
  },
  ...REAL_TIME_PARAMETER,
  task: {
    type: 'string',
    value: 'pick',
    description:
      'Task: the objects on the table and the goal. pick, sort, a name of the configuration, or free: a scene without one, which a robot with several arms or a driven base has in place of pick.',
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
  camera_noise: {
    type: 'double',
    value: 1,
    range: [0, 50],
    description:
      'Noise of the images: standard deviation in grey levels of 255. With 0, images in which nothing moves are equal, as of a frozen camera.',
  },
  publish_clock: { type: 'bool', value: true, description: 'Publishes the time of the stamps on /clock at 100 Hz.' },
  publish_tf: {
    type: 'bool',
    value: true,
    description:
      'Publishes the frames of the robot on /tf at 50 Hz and on /tf_static, and its URDF on robot_description; switch it off beside a robot_state_publisher.',
  },
  publish_odom_tf: {
    type: 'bool',
    value: true,
    description:
      'Publishes the place of a driven base by its odometry on /tf at 50 Hz, from odom to the link that moves; switch it off beside a node that fuses odometry.',
  },
  ...TWIST_PARAMETER,
} as const satisfies Record<string, ParameterSpec>;
