/** The parts of the simulator that need Node: files and threads. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { openRobotFolder } from '@praxis/model/node';
import { readMjcf } from './mjcf/read/read-mjcf.ts';
import type { RobotSource } from './robot/setup.ts';
import { robotSource } from './robot/source.ts';

export type { PlantReport, PlantSetup } from './isolated/messages.ts';
export { IsolatedRobot } from './isolated/node/isolated-robot.ts';
export { raisePriority } from './isolated/node/priority.ts';

/** Path of the arm's URDF that comes with Praxis. In a checkout it is in the folder `urdf`; a build copies it beside itself. */
export const ARM_URDF_FILE = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../urdf/praxis_arm.urdf' : './urdf/praxis_arm.urdf', import.meta.url),
);

let urdf: string | undefined;

/** Reads the arm's URDF that comes with Praxis, once. @throws {InputError} when the file is missing */
export function armUrdf(): string {
  try {
    urdf ??= readFileSync(ARM_URDF_FILE, 'utf8');
    return urdf;
  } catch (cause) {
    throw new InputError('urdf/praxis_arm.urdf: not found, expected the URDF of the arm that comes with Praxis', {
      cause,
    });
  }
}

/**
 * Opens the folder of a robot with its meshes. The description may be a URDF or an MJCF.
 * @throws {InputError} in one line that names the folder or the mesh, for a file that is missing or not valid
 * @example
 * const robot = await openRobotSource('robots/arm6');
 */
export const openRobotSource = async (folder: string): Promise<RobotSource> =>
  robotSource(await openRobotFolder(folder, { readMjcf }));
