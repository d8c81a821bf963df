import { createRequire } from 'node:module';
import { InputError } from '@praxis/core';
import type { Sherpa } from './library-types.ts';

const PACKAGE_NAME = 'sherpa-onnx-node';

/** Command that installs the library. */
export const SHERPA_INSTALL_COMMAND = `npm install ${PACKAGE_NAME}`;

/** True when the package is installed; does not load it. */
export function hasSherpa(): boolean {
  try {
    createRequire(import.meta.url).resolve(PACKAGE_NAME);
    return true;
  } catch {
    return false;
  }
}

/**
 * Loads sherpa-onnx. The library exits its process on an unreadable model, so load it in a child process.
 * @param from file from which the package is resolved
 * @throws {InputError} without the package, with the command that installs it
 */
export function loadSherpa(from: string | URL): Sherpa {
  try {
    return createRequire(from)(PACKAGE_NAME) as Sherpa;
  } catch (cause) {
    throw new InputError(
      `speech models need the package ${PACKAGE_NAME}, which is not installed: ${SHERPA_INSTALL_COMMAND}`,
      {
        cause,
      },
    );
  }
}
