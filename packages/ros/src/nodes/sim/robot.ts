import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { descriptionFormat } from '@praxis/model';
import type { RobotChoice } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { ParameterValues } from '../../rcl/parameters.ts';
import { findRobot, openFolder } from '../../robot/node-robot.ts';
import type { SIM_PARAMETERS } from './parameters.ts';

/** The robot that the simulator node simulates. */
export interface SimulatedRobot {
  readonly choice: RobotChoice;
  /** URDF for the topic `robot_description`; undefined for a robot that an MJCF describes. */
  readonly urdf: string | undefined;
  /** What physics does otherwise than the description says, one line each. */
  readonly warnings: readonly string[];
}

/**
 * Opens the robot that the parameter `robot` names, or the Praxis arm.
 * @throws {InputError} in one line when there is none, or its folder is not valid
 */
export async function openSimRobot(
  parameters: Pick<ParameterValues<typeof SIM_PARAMETERS>, 'robot' | 'config'>,
): Promise<SimulatedRobot> {
  if (parameters.robot === '') {
    const urdf = armUrdf();
    return { choice: { urdf }, urdf, warnings: [] };
  }
  const path = await findRobot(parameters);
  const { choice, setup } = await openFolder(path);
  const description = readFileSync(resolve(path, setup.definition.description));
  return {
    choice,
    urdf: descriptionFormat(description) === 'urdf' ? description.toString('utf8') : undefined,
    warnings: setup.warnings.map((line) => `robot ${setup.name}: ${line}`),
  };
}
