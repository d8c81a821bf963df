import { statSync } from 'node:fs';
import { descriptionFormat, parseUrdf, type RobotModel } from '@praxis/model';
import { readInputFile } from '@praxis/policy/node';
import { note } from '../terminal/output.ts';
import { robotPath } from './robot.ts';

/**
 * Reads a robot's model without its meshes, which kinematics does not need: of a folder with a `robot.yaml`, by its path or registered name, or of a URDF or
 * MJCF file.
 * Its warnings go to standard error.
 * @throws {InputError} that names the file
 */
export async function readModel(named: string): Promise<RobotModel> {
  const path = await robotPath(named);
  const model = await modelOf(path);
  for (const warning of model.warnings ?? []) note(`${path}: ${warning}`);
  return model;
}

async function modelOf(path: string): Promise<RobotModel> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const bytes = readInputFile(path, 'a URDF or MJCF file');
    // Kinematics of a URDF start without the simulator.
    if (descriptionFormat(bytes) === 'urdf') return parseUrdf(bytes, { source: path });
  }
  const { readRobotModel } = await import('@praxis/evaluation');
  return readRobotModel(path);
}
