import { InputError } from '@praxis/core';
import { type RobotSetup, setupOf } from '@praxis/sim';
import type { DatasetReader } from '@praxis/wire/lerobot';
import type { Project } from '../project/project.ts';
import { robotChoice, robotFolder } from '../project/robot.ts';

/** Where the robot of a dataset is looked for. */
export interface DatasetRobotOptions {
  readonly project: Project;
  /** Folder of the robot. Default: the one that is registered by the name in the dataset. */
  readonly robot?: string;
}

/**
 * The robot of a dataset: one arm.
 * @throws {InputError} in one line for a dataset that names no known robot, and for a robot with several arms or a base
 */
export async function datasetRobot(
  { name, info }: Pick<DatasetReader, 'name' | 'info'>,
  { project, robot }: DatasetRobotOptions,
): Promise<RobotSetup> {
  const shipped = setupOf(await robotChoice(undefined));
  const type = info.robot_type;
  const found = robot ?? (type === null ? undefined : robotFolder(type, project));
  if (found === undefined && type !== shipped.name)
    throw new InputError(
      `${name}: its robot is ${type ?? 'not named'}, expected --robot with its folder, or one of ${[shipped.name, ...project.registry.robots.names].join(', ')}`,
    );
  const setup = found === undefined ? shipped : setupOf(await robotChoice(found));
  if (setup.arms.length !== 1 || setup.bases.length > 0)
    throw new InputError(
      `${name}: robot ${setup.name} has ${setup.arms.length} arms and ${setup.bases.length} bases, expected one arm`,
    );
  return setup;
}
