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

/** Options of {@link speechSessionOpener}. */
export interface SpeechSessionOptions {
  /** Folder of a sherpa-onnx model, which then recognises the commands instead of PocketSphinx. */
  readonly model?: string;
  /** Creates the attention gate of each page; by default every utterance addresses the robot. */
  readonly createAttentionGate?: () => AttentionGate;
}

/**
 * Opens a speech session for each page with the recognisers of this machine. Stamps are seconds since 1970, as in the pages.
 * @param grammarOf returns the grammar of the commands, with the words of the page's policy
 * @param files `none` where PocketSphinx is not installed: without a model, opening a session then fails
 * @throws {InputError} on a folder without a model
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
