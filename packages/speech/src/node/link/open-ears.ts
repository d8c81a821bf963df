import { InputError, SystemClock } from '@praxis/core';
import { openListener } from '../listener.ts';
import { findPocketSphinx, NOT_HERE, type PocketSphinxFiles } from '../pocketsphinx/find.ts';
import { modelIn } from '../sherpa/model.ts';
import type { OpenEar } from './ear.ts';

/**
 * Ears with what this machine has. Stamps are seconds since 1970, as in the pages of this machine.
 * @param files `none` where there is no recogniser: pages are told so before any sound is taken
 * @param model folder of a model for sherpa-onnx, which then hears the commands
 * @throws {InputError} on a folder without a model
 */
export function openEars(files: PocketSphinxFiles | 'none' = findPocketSphinx() ?? 'none', model?: string): OpenEar {
  if (model !== undefined) modelIn(model);
  return async (extension) => {
    if (files === 'none') throw new InputError(NOT_HERE);
    return openListener(new SystemClock(), extension, model);
  };
}
