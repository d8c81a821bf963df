import { existsSync } from 'node:fs';
import { InputError } from '@praxis/core';
import type { Project } from '@praxis/evaluation';
import { note } from '../terminal/output.ts';
import { projectOf } from './project.ts';

/**
 * The path of a robot: what exists under the name, else the folder that the configuration or Praxis registers by it.
 * @param project what the command can name. Default: that of the working directory
 * @returns the name itself if it is neither
 */
export async function robotPath(named: string, project?: Project): Promise<string> {
  // What exists needs no configuration.
  if (existsSync(named)) return named;
  const { robotFolder } = await import('@praxis/evaluation');
  return robotFolder(named, project ?? (await projectOf(undefined))) ?? named;
}

/**
 * Opens the robot that `--robot` selects, and prints on standard error what the simulator does otherwise than its description.
 * @param named folder or registered name; undefined selects the Praxis arm
 * @returns its folder; undefined for the Praxis arm
 * @throws {InputError} when the folder holds no valid robot, and for a name that is neither a folder nor registered
 */
export async function chosenRobot(named: string | undefined, project: Project): Promise<string | undefined> {
  if (named === undefined) return undefined;
  const folder = await robotPath(named, project);
  if (!existsSync(folder) && folder === named) {
    const known = project.registry.robots.names.join(', ');
    throw new InputError(`--robot ${named}: neither a folder nor the name of a robot; known names are ${known}`);
  }
  const { setupOf } = await import('@praxis/sim');
  const { robotChoice } = await import('@praxis/evaluation');
  const { name, warnings } = setupOf(await robotChoice(folder));
  for (const line of warnings) note(`robot ${name}: ${line}`);
  return folder;
}
