import { readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { parseUrdf, type RobotModel } from '@praxis/model';

/** Reads a URDF file, without its meshes: kinematics does not need them. @throws {InputError} that names the file */
export function readUrdf(path: string): RobotModel {
  let xml: string;
  try {
    xml = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`${path}: cannot be read (${code ?? String(error)}), expected a URDF file`, { cause: error });
  }
  return parseUrdf(xml, { source: path });
}
