import { createRequire } from 'node:module';
import { InputError } from '@praxis/core';

export type Sherpa = typeof import('sherpa-onnx-node');

const PACKAGE = 'sherpa-onnx-node';

export const HOW_TO_GET_SHERPA = `npm install ${PACKAGE}`;

/** Whether the package is installed here; nothing is loaded. */
export function hasSherpa(): boolean {
  try {
    createRequire(import.meta.url).resolve(PACKAGE);
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
    return createRequire(from)(PACKAGE) as Sherpa;
  } catch (cause) {
    throw new InputError(`speech models need the package ${PACKAGE}, which is not here: ${HOW_TO_GET_SHERPA}`, {
      cause,
    });
  }
}
