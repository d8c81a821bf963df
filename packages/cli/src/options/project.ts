import { Option } from '@commander-js/extra-typings';
import type { Project } from '@praxis/evaluation';

/** `--config` of the commands that run tasks, policies, faults or sensors of the user's. */
export const configOption = () =>
  new Option(
    '--config <file>',
    'configuration with tasks, faults, modalities and policies of your own (default: praxis.config.ts here, if it exists)',
  );

/** Text of `--policy` in the help of a command. */
export const POLICY_HELP = 'directory with a manifest.json, module (.ts, .js), or name of the configuration';

/** Text of `--mask` in the help of a command. */
export const MASK_HELP =
  'modalities or inputs of the policy to mask, such as vision,wrench: the policy does not receive them';

/**
 * Opens what a command can name in the working directory.
 * @throws {InputError} when the configuration is missing or not valid
 */
export async function projectOf(config: string | undefined): Promise<Project> {
  const { openProject } = await import('@praxis/evaluation');
  return openProject(config, process.cwd());
}
