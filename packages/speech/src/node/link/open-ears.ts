import { InputError, SystemClock } from '@praxis/core';
import { Attention } from '../../dialogue/attention.ts';
import { WakeWord } from '../../language/wake-word.ts';
import { openListener } from '../listener.ts';
import { findPocketSphinx, NOT_HERE, type PocketSphinxFiles } from '../pocketsphinx/find.ts';
import { modelIn } from '../sherpa/model.ts';
import type { OpenEar } from './ear.ts';

export interface EarOptions {
  /** Folder of a model for sherpa-onnx, which then hears the commands. */
  readonly model?: string;
  /** Without it whatever is said is for the robot. */
  readonly wakeWord?: string;
}

/**
 * Ears with what this machine has. Stamps are seconds since 1970, as in the pages of this machine.
 * @param files `none` where there is no PocketSphinx: without a model pages are told so before any sound is taken
 * @throws {InputError} on a folder without a model, or on no wake word
 */
export function openEars(
  files: PocketSphinxFiles | 'none' = findPocketSphinx() ?? 'none',
  { model, wakeWord }: EarOptions = {},
): OpenEar {
  if (model !== undefined) modelIn(model);
  const called = wakeWord === undefined ? undefined : new WakeWord(wakeWord);
  return async (extension) => {
    if (files === 'none' && model === undefined) throw new InputError(NOT_HERE);
    const attention = called && new Attention(called);
    return openListener(new SystemClock(), { ...extension, wakeWord }, { model, attention });
  };
}
