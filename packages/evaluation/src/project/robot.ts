import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { RobotChoice, RobotSource } from '@praxis/sim';
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
 * @throws {InputError} when the folder holds no valid robot
 */
export async function robotChoice(folder: string | undefined): Promise<RobotChoice> {
  if (folder === undefined) return { urdf: armUrdf() };
  const path = resolve(folder);
  let robot = opened.get(path);
  if (!robot) {
    robot = openRobotSource(folder);
    opened.set(path, robot);
    // A failure belongs to whoever awaits the robot, and may be repeated.
    robot.catch(() => opened.delete(path));
  }
  return { robot: await robot };
}
