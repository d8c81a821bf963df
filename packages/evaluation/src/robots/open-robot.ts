import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '@praxis/core';
import {
  checkRobot,
  type DescriptionFile,
  type Finding,
  type RobotCheck,
  type RobotDefinition,
  type RobotFolder,
  type RobotModel,
  readDescription,
} from '@praxis/model';
import { fileReader, openRobotFolder } from '@praxis/model/node';
import { readInputFile } from '@praxis/policy/node';
import { parseSafetyConfig } from '@praxis/safety';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Reads an MJCF; MuJoCo is loaded when one is met. */
async function readMjcf(file: DescriptionFile): Promise<RobotModel> {
  const { readMjcf: read } = await import('@praxis/sim');
  return read(file);
}

/** Opens a robot's folder, with a URDF or an MJCF. @throws {InputError} in one line that names the folder and the file */
export const openRobot = (folder: string): Promise<RobotFolder> => openRobotFolder(folder, { readMjcf });

/** Lists everything that is missing or implausible in a robot's folder. @throws {InputError} when there is no such folder */
export async function checkRobotFolder(folder: string): Promise<RobotCheck> {
  if (!isFolder(folder)) throw new InputError(`${folder}: no such folder, expected one with a robot.yaml`);
  const check = await checkRobot(fileReader(folder), { readMjcf });
  return { ...check, findings: [...check.findings, ...safetyFindings(check.robot?.definition)] };
}

/** Checks the settings of the supervisors that `robot.yaml` states, whatever they are added to: by command group if there are several. */
function safetyFindings(definition: RobotDefinition | undefined): readonly Finding[] {
  const { safety, arms = {}, bases = {} } = definition ?? {};
  if (safety === undefined) return [];
  const groups = [...Object.keys(arms), ...Object.keys(bases)];
  if (groups.length < 2) return settingFindings('safety', safety);
  return Object.entries(safety).flatMap(([group, settings]) =>
    groups.includes(group)
      ? settingFindings(`safety.${group}`, settings)
      : [
          {
            severity: 'fault',
            subject: `safety.${group}`,
            message: `expected settings by command group, ${groups.join(', ')}`,
          },
        ],
  );
}

function settingFindings(subject: string, settings: unknown): readonly Finding[] {
  try {
    parseSafetyConfig(settings);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [{ severity: 'fault', subject, message: error.message.replace(/^safety[.:]\s*/, '') }];
  }
}

/** Reads a description file, as `robot init` and the kinematics take it. @throws {InputError} that names the file */
export function openDescription(path: string): DescriptionFile {
  const bytes = readInputFile(path, 'a URDF or MJCF file');
  return { path, bytes, readBeside: fileReader(dirname(path)) };
}

/** Reads a URDF or MJCF file. @throws {InputError} that names the file */
export const readDescriptionFile = (file: DescriptionFile): Promise<RobotModel> => readDescription(file, { readMjcf });

/**
 * Reads the model of a robot: of a folder with a `robot.yaml`, or of a URDF or MJCF file. Meshes are not opened.
 * @throws {InputError} in one line that names the file
 */
export async function readRobotModel(path: string): Promise<RobotModel> {
  return isFolder(path) ? (await openRobot(path)).model : readDescriptionFile(openDescription(path));
}
