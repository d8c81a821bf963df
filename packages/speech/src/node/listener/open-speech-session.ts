import { InputError, SystemClock } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import type { GrammarSource } from '../../recognition/command-grammar.ts';
import type { AttentionGate } from '../../recognition/recogniser.ts';
import type { OpenSpeechSession } from '../link/connection.ts';
import {
  findPocketSphinx,
  POCKETSPHINX_MISSING_MESSAGE,
  type PocketSphinxFiles,
} from '../pocketsphinx/find-pocketsphinx.ts';
import { findModel } from '../sherpa/model.ts';
import { openListener } from './open-listener.ts';

export interface SpeechSessionOptions {
  /** Folder of a model for sherpa-onnx, which then hears the commands. */
  readonly model?: string;
  /** Makes the gate of each page; without it every utterance is for the robot. */
  readonly createAttentionGate?: () => AttentionGate;
}

/**
 * Ears with what this machine has. Stamps are seconds since 1970, as in the pages of this machine.
 * @param grammarOf the commands to listen for, with the words of the page's policy
 * @param files `none` where there is no PocketSphinx: without a model pages are told so before any sound is taken
 * @throws {InputError} on a folder without a model, or on no wake word
 */
export function speechSessionOpener(
  grammarOf: (vocabulary: VocabularyExtension) => GrammarSource,
  files: PocketSphinxFiles | 'none' = findPocketSphinx() ?? 'none',
  { model, createAttentionGate }: SpeechSessionOptions = {},
): OpenSpeechSession {
  if (model !== undefined) findModel(model);
  return async (vocabulary) => {
    if (files === 'none' && model === undefined) throw new InputError(POCKETSPHINX_MISSING_MESSAGE);
    return openListener(new SystemClock(), grammarOf(vocabulary), { model, attentionGate: createAttentionGate?.() });
  };
}
