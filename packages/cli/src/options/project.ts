import { Option } from '@commander-js/extra-typings';
import type { Project } from '@praxis/evaluation';
import { PERTURBATION_AXES } from '@praxis/sim/perturbations';

/** `--config` of the commands that run tasks, policies, faults or sensors of the user's. */
export const configOption = () =>
  new Option(
    '--config <file>',
    'configuration with tasks, faults, modalities and policies of your own (default: praxis.config.ts here, if it exists)',
  );

/** Text of `--robot` in the help of a command. */
export const ROBOT_HELP = 'folder with a robot.yaml, or registered name (default: the Praxis arm)';

/** Text of `--robot` in the help of a command that reads a dataset. */
export const DATASET_ROBOT_HELP =
  'folder with a robot.yaml, or registered name (default: the one that the dataset names)';

/** Text of `--arm` in the help of a command. */
export const ARM_HELP = 'arm that does the tasks, of a robot with several (default: the first)';

/** Text of `--policy` in the help of a command. */
export const POLICY_HELP =
  'directory with a manifest.json, module (.ts, .js), name of the configuration, or address of a server (ws://host:port)';

/** Text of `--policy-spec` in the help of a command. */
export const POLICY_SPEC_HELP = 'what goes over the wire to a server that does not say it: a YAML or JSON file';

/** Text of `--mask` in the help of a command. */
export const MASK_HELP =
  'modalities or inputs of the policy to mask, such as vision,wrench: the policy does not receive them; the expert does without what they tell';

/** Text of `--perturb` in the help of a command. */
export const PERTURB_HELP = `what differs from the cell of the training, such as camera:1,light:2; levels 1 and 2 of ${PERTURBATION_AXES.join(', ')}`;

/** Text of `--accept-robot` in the help of a command. */
export const ACCEPT_ROBOT_HELP =
  'robot that the policy may drive although its manifest does not name it, such as praxis_arm';

/**
 * Opens what a command can name in the working directory.
 * @throws {InputError} when the configuration is missing or not valid
 */
export async function projectOf(config: string | undefined): Promise<Project> {
  const { openProject } = await import('@praxis/evaluation');
  return openProject(config, process.cwd());
}
