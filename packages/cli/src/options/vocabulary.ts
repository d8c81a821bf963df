import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
import type { VocabularyExtension } from '@praxis/policy';
import { loadVocabularyExtension } from '@praxis/policy/node';
import { Language } from '@praxis/teleop';
import { policyDirectory } from './paths.ts';

const EMPTY_EXTENSION: VocabularyExtension = { words: [], instructions: [] };

/** Builds the command language with the words of a policy. @throws {InputError | PolicyError} as {@link extensionFor}, and for a wake word that is not valid */
export const languageOf = (named: string | undefined, wakeWord?: string): Language =>
  new Language(extensionFor(named, wakeWord));

/**
 * Reads the words and instructions that a policy adds to the command language.
 * @param named directory of the policy. Default: the shipped policy, if it exists
 * @param wakeWord word that addresses the robot
 * @throws {InputError | PolicyError} when the policy does not exist or its manifest is not valid
 */
export function extensionFor(named: string | undefined, wakeWord?: string): VocabularyExtension {
  if (named === undefined && !existsSync(join(DEFAULT_POLICY_FOLDER, 'manifest.json')))
    return { ...EMPTY_EXTENSION, wakeWord };
  return { ...loadVocabularyExtension(policyDirectory(named)), wakeWord };
}
