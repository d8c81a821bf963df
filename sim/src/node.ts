/** The parts of the simulator that need Node: files and threads. */
import { readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';

export type { PlantReport, PlantSetup } from './isolated/messages.ts';
export { IsolatedRobot } from './isolated/node/isolated-robot.ts';
export { raisePriority } from './isolated/node/priority.ts';

/** The arm's URDF, relative to this module: in the checkout's folder `urdf`, or beside the build, which copies it. */
const URDF = import.meta.url.endsWith('.ts') ? '../../urdf/praxis_arm.urdf' : './urdf/praxis_arm.urdf';

let urdf: string | undefined;

/** Reads the arm's URDF that comes with Praxis, once. @throws {InputError} when the file is missing */
export function armUrdf(): string {
  const path = new URL(URDF, import.meta.url);
  try {
    urdf ??= readFileSync(path, 'utf8');
    return urdf;
  } catch (cause) {
    throw new InputError('urdf/praxis_arm.urdf: not found, expected the URDF of the arm that comes with Praxis', {
      cause,
    });
  }
}
