import type { Command } from '@commander-js/extra-typings';
import { episodes } from '../../options/parsers.ts';
import {
  ACCEPT_ROBOT_HELP,
  configOption,
  DATASET_ROBOT_HELP,
  POLICY_HELP,
  POLICY_SPEC_HELP,
  projectOf,
} from '../../options/project.ts';
import { chosenRobot } from '../../options/robot.ts';
import { interruptible } from '../../terminal/interrupt.ts';
import { EXIT, printJson, printText } from '../../terminal/output.ts';

export function addReplay(dataset: Command): void {
  dataset
    .command('replay')
    .description('feed the observations of a dataset to a policy and compare its actions with the recorded ones')
    .argument('<dir>', 'folder of a LeRobotDataset, v3 or v2.1')
    .option('--policy <policy>', `${POLICY_HELP} (default: the shipped policy)`)
    .option('--policy-spec <file>', POLICY_SPEC_HELP)
    .option('--robot <dir>', DATASET_ROBOT_HELP)
    .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
    .addOption(configOption())
    .option('--episodes <n>', 'most episodes, from the first on (default: all)', episodes)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
It is open loop: no action of the policy changes what it sees. Errors are means of absolute differences, of joints by their names (rad), of the
tool's pose for a policy that gives poses (m, rad), and of the gripper's width (m); beside them stands what a robot that does not move would get.

Examples:
  $ npx praxis demos --task pick --episodes 5 --out data/demos --format lerobot
  $ npx praxis dataset replay data/demos
  $ npx praxis dataset replay data/demos --policy my-policy --episodes 2 --json`,
    )
    .action(async (dir, { policy, policySpec, acceptRobot, episodes, json, ...options }) => {
      const { replayDataset, datasetReplayText } = await import('@praxis/evaluation');
      const { progress } = await import('../../terminal/progress.ts');
      const project = await projectOf(options.config);
      const robot = await chosenRobot(options.robot, project);
      const replay = await interruptible((signal) =>
        replayDataset(dir, {
          ...{ project, policy, policySpec, robot, acceptRobot, episodes, signal, startProgress: progress },
        }),
      );
      if (json) printJson(replay);
      else printText(datasetReplayText(replay));
      process.exitCode = replay.partial ? EXIT.interrupted : EXIT.ok;
    });
}
