import { createRequire } from 'node:module';
import { InputError } from '@praxis/core';

export type Sherpa = typeof import('sherpa-onnx-node');

const PACKAGE_NAME = 'sherpa-onnx-node';

export const SHERPA_INSTALL_COMMAND = `npm install ${PACKAGE_NAME}`;

/** Whether the package is installed here; nothing is loaded. */
export function hasSherpa(): boolean {
  try {
    createRequire(import.meta.url).resolve(PACKAGE_NAME);
    return true;
  } catch {
    return false;
  }
}

/**
 * The library of sherpa-onnx. It ends its process on a model that it cannot read: load it in one of its own.
 * @param from file whose packages are looked through
 * @throws {InputError} without the package, and how to get it
 */
export function loadSherpa(from: string | URL): Sherpa {
  try {
    return createRequire(from)(PACKAGE_NAME) as Sherpa;
  } catch (cause) {
    throw new InputError(
      `speech models need the package ${PACKAGE_NAME}, which is not here: ${SHERPA_INSTALL_COMMAND}`,
      {
        cause,
      },
    );
  }
}
