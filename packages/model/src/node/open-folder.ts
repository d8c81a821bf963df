import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '@praxis/core';
import {
  loadRobotFolder,
  type ReadRobotFile,
  type RobotFolder,
  type RobotFolderOptions,
} from '../robot/robot-folder.ts';

/** Errors of a path where no file is. */
const ABSENT: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** Reads files relative to a folder on disk. @throws {InputError} for a file that is there and cannot be read */
export const fileReader =
  (folder: string): ReadRobotFile =>
  async (path) => {
    const file = resolve(folder, path);
    try {
      return await readFile(file);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (ABSENT.has(code)) return undefined;
      throw new InputError(`${file}: cannot be read (${code ?? String(cause)})`, { cause });
    }
  };

/**
 * Loads a robot's folder from disk.
 * @param folder with a `robot.yaml`
 * @throws {InputError} in one line that names the folder and the file
 */
export const openRobotFolder = (folder: string, options: RobotFolderOptions = {}): Promise<RobotFolder> =>
  loadRobotFolder(fileReader(folder), { source: folder, ...options });
