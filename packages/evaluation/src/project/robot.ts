import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type RobotChoice, type RobotSource, setupOf } from '@praxis/sim';
import { armUrdf, openRobotSource } from '@praxis/sim/node';
import type { Project } from './project.ts';

/**
 * The folder of a robot: what exists under the name, else the folder that the configuration or Praxis registers by it.
 * @returns a path relative to the working directory, with which error messages begin; undefined if the name is neither
 */
export function robotFolder(named: string, { registry }: Pick<Project, 'registry'>): string | undefined {
  if (existsSync(named)) return named;
  const robot = registry.robots.get(named);
  return robot && (relative(process.cwd(), resolve(robot.folder ?? '.', robot.path)) || '.');
}

const opened = new Map<string, Promise<RobotSource>>();

/**
 * Opens a robot with its meshes for the simulator, once.
 * @param folder folder with a `robot.yaml`; undefined selects the Praxis arm
 * @param arm name of the arm that does the tasks, of a robot with several. Default: the first
 * @throws {InputError} when the folder holds no valid robot
 */
export async function robotChoice(folder: string | undefined, arm?: string): Promise<RobotChoice> {
  const chosen = arm === undefined ? {} : { arm };
  if (folder === undefined) return { urdf: armUrdf(), ...chosen };
  const path = resolve(folder);
  let robot = opened.get(path);
  if (!robot) {
    robot = openRobotSource(folder);
    opened.set(path, robot);
    // A failure belongs to whoever awaits the robot, and may be repeated.
    robot.catch(() => opened.delete(path));
  }
  return { robot: await robot, ...chosen };
}

/**
 * The arm that does the tasks, of a robot with several; undefined for any other robot.
 * @throws {InputError} when the robot has no arm of the chosen name
 */
export function workingArmOf(choice: RobotChoice): string | undefined {
  const { arms, workingArm } = setupOf(choice);
  return arms.length > 1 ? workingArm?.name : undefined;
}
